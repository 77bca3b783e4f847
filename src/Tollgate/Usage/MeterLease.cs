namespace Tollgate.Usage;

/// <summary>
/// A unit of a meter that a run may use: commit it when the run succeeded, release it when it did not.
/// </summary>
/// <param name="Key">The caller's key of the run; the same key is the same run.</param>
/// <param name="WindowEndsAt">End of the window that the unit belongs to.</param>
public sealed record MeterLease(
    AccountId Account,
    string Meter,
    string Key,
    ReserveResult Result,
    DateTimeOffset WindowEndsAt
);

/// <summary>What a reservation found.</summary>
public enum ReserveResult
{
    /// <summary>A unit is held for this run.</summary>
    Granted,

    /// <summary>Nothing changed: a unit is held under this key, and its run has no result yet.</summary>
    AlreadyReserved,

    /// <summary>Nothing changed: the run of this key succeeded and was counted.</summary>
    AlreadyCommitted,
}
