using System.Diagnostics;

namespace Tollgate.Load.Measuring;

/// <summary>Many callers in this process, each waiting for its answer before it calls again.</summary>
internal static class CallLoad
{
    /// <param name="call">One call; its number makes it different from the others, from 0 on.</param>
    /// <param name="calls">When so many were made it ends before its time.</param>
    public static async Task<CallsMade> RunAsync(
        int callers,
        Func<long, Task> call,
        TimeSpan length,
        long calls = long.MaxValue
    )
    {
        var numbers = -1L;
        LatencyHistogram[] each = [.. Enumerable.Range(0, callers).Select(_ => new LatencyHistogram())];
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var began = Stopwatch.GetTimestamp();
        var end = began + (long)(length.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(each.Select(latencies => Task.Run(() => CallAsync(latencies))));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var all = new LatencyHistogram();
        Array.ForEach(each, all.Add);
        return new CallsMade(all, seconds, allocated);

        async Task CallAsync(LatencyHistogram latencies)
        {
            for (var now = Stopwatch.GetTimestamp(); now < end; )
            {
                var number = Interlocked.Increment(ref numbers);
                if (number >= calls)
                {
                    break;
                }

                var called = now;
                await call(number);
                now = Stopwatch.GetTimestamp();
                latencies.Add(now - called);
            }
        }
    }
}

/// <summary>Calls that were answered, and how long all of them took.</summary>
/// <param name="Allocated">In bytes, by the whole process.</param>
internal sealed record CallsMade(LatencyHistogram Latencies, double Seconds, long Allocated)
{
    public long Count => Latencies.Count;
}
