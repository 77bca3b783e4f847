using System.Globalization;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Subscriptions;

namespace Tollgate.Insight;

/// <summary>Why an account's access is what it is, in one sentence. Pure.</summary>
internal static class AccessSentence
{
    public static string Of(
        AccountId account,
        SubscriptionState state,
        AccessDecision decision,
        PlanCatalog catalog,
        DateTimeOffset now
    )
    {
        var has = $"{account} has {decision.Plan.Name}{Beside(state)}";
        if (decision.IsOverridden)
        {
            var until = state.OverrideUntil is null ? "without end" : $"until {Day(state.OverrideUntil)}";
            return $"{has} by override {until}, set by {state.OverrideAuthor}: {
                state.OverrideReason}. Without it: {WithoutOverride(account, state, catalog, now)}";
        }

        return (state.Status, decision.Denial) switch
        {
            (_, DenialReason.PaymentRefundedOrDisputed)
                when RefundOrDispute.ThatEndsAccess(state, catalog) is { } found =>
                $"{has}: access by {state.SubscriptionId} through {Day(state.PaidThrough)} ended with {found}.",
            (null, _) when state.SubscriptionId is { } bound =>
                $"{has}: {bound} came back from Checkout and Stripe was not asked about it yet.",
            (null, _) => $"{has}: nothing was ever bought.",
            (SubscriptionStatus.Incomplete, _) => $"{has}: the first payment of {state.SubscriptionId} is not done.",
            (SubscriptionStatus.Active, null) when state.EndsAt is { } end =>
                $"{has} until {Day(end)}, when the cancellation of {state.SubscriptionId} takes effect.",
            (SubscriptionStatus.Active, null) when state.TrialEndsAt is { } end =>
                $"{has}: {state.SubscriptionId} is on trial until {Day(end)}.",
            (SubscriptionStatus.Active, null) =>
                $"{has}: {state.SubscriptionId} is active and paid through {Day(state.PaidThrough)}.",
            (SubscriptionStatus.PastDue, null) when decision.IsVerificationDue =>
                $"{has} although the grace is over: Stripe could not be asked since {Day(state.VerifiedAt)}.",
            (SubscriptionStatus.PastDue, null) =>
                $"{has} in grace until {Day(AccessPeriod.EndOf(state, catalog))}: a payment failed on {
                    Day(state.PastDueSince)}.",
            (_, null) =>
                $"{has}: {state.SubscriptionId} is {Name(state)}, and it is paid through {
                Day(state.PaidThrough)}.",
            (_, DenialReason.PaymentFailed) =>
                $"{has}: a payment of {state.SubscriptionId} failed on {Day(state.PastDueSince)}; the grace is over.",
            (_, DenialReason.SubscriptionEnded) =>
                $"{has}: {state.SubscriptionId} is {Name(state)}, and its paid time ended on {Day(state.PaidThrough)}.",
            _ => $"{has}: {state.SubscriptionId} is {Name(state)} and gives no plan at {Day(now)}.",
        };
    }

    private static string Beside(SubscriptionState state) =>
        state.AddOns is [] ? "" : $" with {string.Join(", ", state.AddOns.Select(held => held.Name))}";

    private static string WithoutOverride(
        AccountId account,
        SubscriptionState state,
        PlanCatalog catalog,
        DateTimeOffset now
    )
    {
        var beneath = state with { OverrideTier = null, OverrideUntil = null };
        return Of(account, beneath, AccessDecision.Of(beneath, catalog, now), catalog, now);
    }

    private static string Name(SubscriptionState state) => state.StripeStatus ?? "unknown";

    private static string Day(DateTimeOffset? time) =>
        time is null ? "never"
        : time == DateTimeOffset.MaxValue ? "further notice"
        : time.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
