using System.Collections.Immutable;

namespace Tollgate.Usage;

/// <summary>A row of <c>billing.meters</c>: what one account has used of one meter.</summary>
internal sealed record MeterRow(MeterKey Id)
{
    /// <summary>Null until the first use.</summary>
    public DateTimeOffset? WindowEndsAt { get; init; }

    /// <summary>Grows with every window; a reservation with another number is not counted in this row.</summary>
    public int WindowNo { get; init; }

    public int Used { get; init; }

    /// <summary>Units of this window that are held by runs without a result yet.</summary>
    public int Reserved { get; init; }

    /// <summary>What the paid plan allows until <see cref="PlanUntil"/>; null is unlimited.</summary>
    public int? PlanLimit { get; init; }

    /// <summary>
    /// End of what is paid; <see cref="DateTimeOffset.MaxValue"/> is <c>infinity</c>, null means nothing is.
    /// </summary>
    public DateTimeOffset? PlanUntil { get; init; }

    /// <summary>
    /// A run of this window was allowed because billing was off: once it is on again the window is history.
    /// </summary>
    public bool IsUnenforced { get; init; }

    /// <summary>When units were given back, in the last 24 hours.</summary>
    public ImmutableArray<DateTimeOffset> RecentReleases { get; init; } = [];

    /// <summary>Null is unlimited.</summary>
    public int? LimitAt(DateTimeOffset now, int? freeLimit) => PlanUntil > now ? PlanLimit : freeLimit;
}

/// <summary>One meter of one account.</summary>
internal readonly record struct MeterKey(AccountId Account, string Meter);
