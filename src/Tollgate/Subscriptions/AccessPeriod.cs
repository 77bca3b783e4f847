using Tollgate.Catalog;

namespace Tollgate.Subscriptions;

/// <summary>
/// Until when a subscription gives access, from the row alone. Time decides by itself: no job has to run for this to be
/// right.
/// </summary>
internal static class AccessPeriod
{
    /// <summary>A row that was verified this long before the grace end is taken as old (decision S9).</summary>
    public static readonly TimeSpan VerificationAge = TimeSpan.FromHours(24);

    /// <summary>How long our own outage may extend a grace that could not be verified (decision S9).</summary>
    public static readonly TimeSpan VerificationExtension = TimeSpan.FromHours(72);

    /// <summary>
    /// When access ends: <see cref="DateTimeOffset.MaxValue"/> where no local date ends it (decision S8),
    /// <see cref="DateTimeOffset.MinValue"/> where there is none.
    /// </summary>
    public static DateTimeOffset EndOf(SubscriptionState state, PlanCatalog catalog) =>
        state.Status switch
        {
            // the payment of this very period was refunded or disputed, and the catalog ends access with it
            _ when RefundOrDispute.ThatEndsAccess(state, catalog) is not null => DateTimeOffset.MinValue,
            SubscriptionStatus.Active => DateTimeOffset.MaxValue,
            // what was paid on an earlier subscription is not lost because this one's renewal failed
            SubscriptionStatus.PastDue when state.GraceEndOf(catalog) is { } graceEnd => Later(
                IsStale(state, graceEnd) ? graceEnd + VerificationExtension : graceEnd,
                state.PaidThrough
            ),
            // past due for something else than its base period: what is paid stays (decision S4)
            SubscriptionStatus.PastDue => DateTimeOffset.MaxValue,
            SubscriptionStatus.Canceled or SubscriptionStatus.Unpaid => state.PaidThrough ?? DateTimeOffset.MinValue,
            _ => DateTimeOffset.MinValue,
        };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private static bool IsStale(SubscriptionState state, DateTimeOffset graceEnd) =>
        state.VerifiedAt is not { } verified || verified < graceEnd - VerificationAge;
}
