namespace Tollgate.Usage;

/// <summary>What became of a unit, in one word, for metrics.</summary>
internal static class MeterOutcome
{
    public static string Of(ReserveResult? result) =>
        result switch
        {
            null => "refused",
            ReserveResult.Granted => "granted",
            ReserveResult.AlreadyReserved => "already_reserved",
            ReserveResult.AlreadyCommitted => "already_committed",
            _ => throw new InvalidOperationException("The set of results is closed."),
        };

    public static string Of(SettleResult result) =>
        result switch
        {
            SettleResult.Committed => "committed",
            SettleResult.CommittedLate => "committed_late",
            SettleResult.AlreadyCommitted => "already_committed",
            SettleResult.Released => "released",
            SettleResult.AlreadyReleased => "already_released",
            SettleResult.ReleaseCounted => "release_counted",
            _ => throw new InvalidOperationException("The set of results is closed."),
        };
}
