namespace Tollgate.Load.Measuring;

/// <summary>What one contender did in one repetition.</summary>
/// <param name="ServerMicroseconds">Processor time of the process that answers, per operation.</param>
/// <param name="DatabaseMicroseconds">Processor time of PostgreSQL's processes, per operation.</param>
/// <param name="AllocatedBytes">Per operation; null where another process allocates.</param>
internal sealed record Measurement(
    long Operations,
    double PerSecond,
    double P50,
    double P99,
    double ServerMicroseconds,
    double DatabaseMicroseconds,
    double? AllocatedBytes
)
{
    public double Microseconds => ServerMicroseconds + DatabaseMicroseconds;
}
