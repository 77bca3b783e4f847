namespace Tollgate.Usage;

/// <summary>A row of <c>billing.reservations</c>: one run of one meter, from its reservation to its result.</summary>
internal sealed record LedgerEntry(ReservationKey Id, ReservationState State, int WindowNo)
{
    public DateTimeOffset WindowEndsAt { get; init; }

    /// <summary>
    /// The lease had run out when the row was read. The unit may or may not have been given back since.
    /// </summary>
    public bool IsLapsed { get; init; }

    /// <summary>Counted although its unit was no longer held (decision U1).</summary>
    public bool IsLate { get; init; }

    /// <summary>Billing time of its result.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>False for a reservation of an earlier window: what becomes of it changes no counter (F87).</summary>
    public bool IsCountedIn(MeterRow row) => WindowNo == row.WindowNo;
}

/// <summary>One run, by the caller's key.</summary>
internal readonly record struct ReservationKey(MeterKey Meter, string Key);

/// <summary>States of a reservation; the database has them in lower case.</summary>
internal enum ReservationState
{
    Reserved,
    Committed,
    Released,

    /// <summary>No result within the lease: the unit was given back.</summary>
    Expired,
}
