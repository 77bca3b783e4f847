using System.Diagnostics;
using System.Globalization;

namespace Tollgate.SandboxLoad;

/// <summary>What a piece of work cost: processor time of all threads, and time on the wall.</summary>
internal sealed record Spent(int Count, TimeSpan Processor, TimeSpan Wall, long Allocated)
{
    public static async Task<Spent> OnAsync(int count, Func<Task> work, Func<TimeSpan>? processor = null)
    {
        processor ??= static () => Environment.CpuUsage.TotalTime;
        var before = processor();
        var started = Stopwatch.GetTimestamp();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        await work();
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Spent(count, processor() - before, Stopwatch.GetElapsedTime(started), allocated);
    }

    public string Row(string name) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name, -58} | {Count / Processor.TotalSeconds, 9:N0} | {Count / Wall.TotalSeconds, 9:N0} |"
                + $" {Processor.TotalMicroseconds / Count, 9:N0} | {Allocated / Count, 9:N0} |"
        );
}
