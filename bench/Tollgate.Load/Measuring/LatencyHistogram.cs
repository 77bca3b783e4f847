using System.Diagnostics;
using System.Numerics;

namespace Tollgate.Load.Measuring;

/// <summary>Counts latencies in buckets of 3 %, and allocates nothing while it does.</summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 5;
    private const int Steps = 1 << StepBits;
    private readonly long[] counts = new long[64 * Steps];

    public long Count { get; private set; }

    public void Add(long timestampTicks) => AddNanoseconds(timestampTicks * (1_000_000_000 / Stopwatch.Frequency), 1);

    public void AddNanoseconds(long nanoseconds, long times)
    {
        counts[BucketOf(nanoseconds)] += times;
        Count += times;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += other.counts[i];
        }

        Count += other.Count;
    }

    /// <param name="share">0.99 for the 99th percentile.</param>
    public double MillisecondsAt(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= wanted && seen > 0)
            {
                return LowerBound(i) / 1e6;
            }
        }

        return 0;
    }

    private static int BucketOf(long value)
    {
        var exponent = Math.Max(0, BitOperations.Log2((ulong)Math.Max(1, value)) - StepBits);
        return (exponent * Steps) + (int)(value >> exponent);
    }

    private static double LowerBound(int bucket)
    {
        var exponent = Math.Max(0, (bucket / Steps) - 1);
        return (double)(bucket - (exponent * Steps)) * (1L << exponent);
    }
}
