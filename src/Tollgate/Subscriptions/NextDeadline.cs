using Tollgate.Catalog;

namespace Tollgate.Subscriptions;

/// <summary>
/// When to sync an account again although no event came: at each instant at which time alone changes something,
/// and where a lost event would otherwise go unnoticed.
/// </summary>
internal static class NextDeadline
{
    /// <summary>Stripe holds a renewal's invoice as a draft for an hour before it charges.</summary>
    private static readonly TimeSpan AfterRenewal = TimeSpan.FromHours(2);

    private static readonly TimeSpan WhileWaitingForMoney = TimeSpan.FromHours(6);

    private static readonly TimeSpan WhileIncomplete = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BeforeGraceEnds = TimeSpan.FromHours(1);

    /// <summary>Stripe's own time to forget a change that nobody paid.</summary>
    private static readonly TimeSpan AfterExpiry = TimeSpan.FromMinutes(5);

    public static DateTimeOffset? After(SubscriptionState state, PlanCatalog catalog, DateTimeOffset now) =>
        OfStatus(state, catalog, now) is { } due
            ? state.OverrideUntil < due
                ? state.OverrideUntil
                : due
            : state.OverrideUntil;

    private static DateTimeOffset? OfStatus(SubscriptionState state, PlanCatalog catalog, DateTimeOffset now) =>
        state.Status switch
        {
            // it renews all the same, and new money opens again
            SubscriptionStatus.Unpaid when state.StripeStatus is "active" or "past_due" => Renewal(state, now),
            SubscriptionStatus.Active => Earlier(
                state.PendingChange?.ExpiresAt + AfterExpiry,
                Earlier(state.TrialEndsAt, Earlier(state.EndsAt, Renewal(state, now), now), now),
                now
            ),
            SubscriptionStatus.PastDue => GraceStep(state.GraceEndOf(catalog), now),
            SubscriptionStatus.Canceled or SubscriptionStatus.Unpaid => state.PaidThrough > now
                ? state.PaidThrough
                : null,
            SubscriptionStatus.Incomplete => now + WhileIncomplete,
            _ => null,
        };

    private static DateTimeOffset Renewal(SubscriptionState state, DateTimeOffset now) =>
        state.PaidThrough is { } paid && paid + AfterRenewal > now ? paid + AfterRenewal : now + WhileWaitingForMoney;

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other, DateTimeOffset now) =>
        one is { } first && first > now && first < other ? first : other;

    private static DateTimeOffset GraceStep(DateTimeOffset? graceEnd, DateTimeOffset now) =>
        graceEnd is not { } end || end <= now ? now + WhileWaitingForMoney
        : end - BeforeGraceEnds > now ? end - BeforeGraceEnds
        : end;
}
