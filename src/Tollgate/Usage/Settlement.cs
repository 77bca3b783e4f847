namespace Tollgate.Usage;

/// <summary>What a run's result does to its reservation and to the counters.</summary>
internal sealed record Settlement(MeterRow Row, LedgerEntry Entry, SettleResult Result)
{
    private static readonly TimeSpan ReleaseDay = TimeSpan.FromDays(1);

    /// <summary>
    /// A run that succeeded counts once, in the window that it was reserved in. If its unit is no longer held it counts
    /// all the same, and is flagged late.
    /// </summary>
    public static Settlement Commit(MeterRow row, LedgerEntry entry, DateTimeOffset now)
    {
        if (entry.State == ReservationState.Committed)
        {
            return new(row, entry, SettleResult.AlreadyCommitted);
        }

        var isLate = entry.IsLapsed || entry.State != ReservationState.Reserved;
        var counted = entry.IsCountedIn(row) ? GiveBack(row, entry) with { Used = row.Used + 1 } : row;
        return new(
            counted,
            entry with
            {
                State = ReservationState.Committed,
                IsLate = isLate,
                SettledAt = now,
            },
            isLate ? SettleResult.CommittedLate : SettleResult.Committed
        );
    }

    /// <summary>
    /// A run that failed gives its unit back, but only so many times in 24 hours (decision U5): from then on it counts
    /// as if it had succeeded.
    /// </summary>
    public static Settlement Release(MeterRow row, LedgerEntry entry, DateTimeOffset now, int releasesPerDay)
    {
        if (entry.State is ReservationState.Committed or ReservationState.Released)
        {
            var result =
                entry.State == ReservationState.Released ? SettleResult.AlreadyReleased : SettleResult.AlreadyCommitted;
            return new(row, entry, result);
        }

        var recent = row.RecentReleases.RemoveAll(at => at <= now - ReleaseDay);
        return recent.Length >= releasesPerDay
            ? Commit(row, entry, now) with
            {
                Result = SettleResult.ReleaseCounted,
            }
            : new(
                GiveBack(row, entry) with
                {
                    RecentReleases = recent.Add(now),
                },
                entry with
                {
                    State = ReservationState.Released,
                    SettledAt = now,
                },
                SettleResult.Released
            );
    }

    /// <summary>The unit is no longer held.</summary>
    public static MeterRow GiveBack(MeterRow row, LedgerEntry entry) =>
        entry.State == ReservationState.Reserved && entry.IsCountedIn(row)
            ? row with
            {
                Reserved = row.Reserved - 1,
            }
            : row;
}

/// <summary>What became of a reservation.</summary>
public enum SettleResult
{
    /// <summary>Counted.</summary>
    Committed,

    /// <summary>Counted, although the unit had been given back or its lease had run out.</summary>
    CommittedLate,

    /// <summary>Nothing changed: the run was counted before.</summary>
    AlreadyCommitted,

    /// <summary>The unit was given back.</summary>
    Released,

    /// <summary>Nothing changed: the unit was given back before.</summary>
    AlreadyReleased,

    /// <summary>Counted: this account and meter have had their day's units given back already.</summary>
    ReleaseCounted,
}
