using Tollgate.Storage;

namespace Tollgate.Usage;

/// <summary>How metered use is held and counted. A value that no meter could work with throws.</summary>
public sealed class MeterOptions
{
    /// <summary>How long a run may go without a result before its unit is given back. Default 15 minutes.</summary>
    public TimeSpan LeaseLength
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMinutes(15);

    /// <summary>Failed runs that give their unit back, per account and meter in 24 hours. Default 10.</summary>
    public int ReleasesPerDay
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 10;

    /// <summary>
    /// At how many percent of a limit the account is notified, once per window, in ascending order. Default: of none.
    /// </summary>
    public IReadOnlyList<int> NotifyAtPercent
    {
        get;
        set
        {
            foreach (var percent in value)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1, nameof(value));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100, nameof(value));
            }

            field = value;
        }
    } = [];

    /// <summary>How long the runs that were counted can be reported. Default 400 days.</summary>
    public TimeSpan KeptFor
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromDays(400);

    /// <summary>Most calls that share one transaction. Default 512.</summary>
    public int LargestFlush
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = Batcher.DefaultLargestFlush;
}
