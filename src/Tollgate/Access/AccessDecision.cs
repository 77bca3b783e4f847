using Tollgate.Catalog;
using Tollgate.Subscriptions;

namespace Tollgate.Access;

/// <summary>Whether an account may do a thing now, and why not. Pure over the row and the time; no I/O.</summary>
/// <param name="Plan">The tier that holds now; <see cref="Plan.None"/> where that is none.</param>
/// <param name="IsVerificationDue">Allowed although the row is old, because our own outage must not block a payer
/// (S9).</param>
public readonly record struct AccessDecision(Plan Plan, DenialReason? Denial, bool IsVerificationDue)
{
    /// <summary>An administrator set the tier by hand (decision S10).</summary>
    public bool IsOverridden { get; init; }

    /// <summary>The tier that holds now, whatever the row still says.</summary>
    public static AccessDecision Of(SubscriptionState state, PlanCatalog catalog, DateTimeOffset now)
    {
        if (state.OverrideAt(now) is { } tier)
        {
            var given = catalog.PlanOrNone(tier);
            var closed = given == catalog.WithoutSubscription ? DenialReason.PlanRequired : (DenialReason?)null;
            return new AccessDecision(given, closed, IsVerificationDue: false) { IsOverridden = true };
        }

        if (state.Plan is { } plan && now < AccessPeriod.EndOf(state, catalog))
        {
            var isDue = state.Status == SubscriptionStatus.PastDue && now >= state.GraceEndOf(catalog);
            return new AccessDecision(catalog.Plan(plan), Denial: null, isDue);
        }

        var reason = state.Status switch
        {
            _ when now < state.PaidThrough && RefundOrDispute.ThatEndsAccess(state, catalog) is not null =>
                DenialReason.PaymentRefundedOrDisputed,
            SubscriptionStatus.PastDue or SubscriptionStatus.Unpaid => DenialReason.PaymentFailed,
            SubscriptionStatus.Canceled when state.PaidThrough is not null => DenialReason.SubscriptionEnded,
            _ => DenialReason.PlanRequired,
        };
        return new AccessDecision(catalog.WithoutSubscription, reason, IsVerificationDue: false);
    }

    /// <summary>
    /// What grants the feature: the tier's plan, or Stripe's entitlement list for an account that has access (decision
    /// S14).
    /// </summary>
    public FeatureGrant GrantOf(string feature, SubscriptionState state) =>
        Plan.Features.Contains(feature) ? (IsOverridden ? FeatureGrant.Override : FeatureGrant.Plan)
        : Denial is null && state.Entitlements.Contains(feature) ? FeatureGrant.Entitlement
        : FeatureGrant.None;

    /// <summary>Why the feature is not granted; null when it is.</summary>
    public Refusal? Refuse(string feature, SubscriptionState state, PlanCatalog catalog, Uri upgradeUrl)
    {
        if (GrantOf(feature, state) != FeatureGrant.None)
        {
            return null;
        }

        var having = catalog.Plans.Where(plan => plan.Features.Contains(feature)).ToList();
        return Denial is { } reason
            ? new SubscriptionRequired(feature, having is [var first, ..] ? first : null, reason, upgradeUrl)
            : new FeatureNotAvailable(feature, Plan, having, upgradeUrl);
    }
}

/// <summary>What a feature is granted by.</summary>
public enum FeatureGrant
{
    None,

    /// <summary>The plan that holds now has it.</summary>
    Plan,

    /// <summary>Stripe's entitlement list has it, the plan has not.</summary>
    Entitlement,

    /// <summary>The tier that an administrator set by hand has it.</summary>
    Override,
}

/// <summary>Why there is no paid access.</summary>
public enum DenialReason
{
    /// <summary>Without a subscription, and never had one or not for long.</summary>
    PlanRequired,

    /// <summary>The grace after a failed payment is over.</summary>
    PaymentFailed,

    /// <summary>The subscription was cancelled and its paid time is over.</summary>
    SubscriptionEnded,

    /// <summary>The payment was given back or disputed, and the catalog ends access then.</summary>
    PaymentRefundedOrDisputed,
}

/// <summary>The caller has no paid plan, or paid access has ended: one is needed.</summary>
/// <param name="Feature">What was asked for: a feature, or a meter.</param>
internal sealed record SubscriptionRequired(string Feature, Plan? PlanRequired, DenialReason Reason, Uri UpgradeUrl)
    : Refusal(
        ProblemCodes.SubscriptionRequired,
        402,
        "A subscription is required.",
        Reason switch
        {
            DenialReason.PaymentFailed => "The last payment failed. Update the payment method to go on.",
            DenialReason.SubscriptionEnded => "The subscription has ended. Choose a plan to go on.",
            DenialReason.PaymentRefundedOrDisputed =>
                "The last payment was refunded or disputed. Write to us to go on.",
            _ => $"This is part of {PlanRequired?.Name ?? "a paid plan"}. Choose a plan to go on.",
        }
    )
{
    /// <summary>It is a meter that was asked for.</summary>
    public bool IsOfMeter { get; init; }

    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [
            new(IsOfMeter ? "meter" : "feature", Feature),
            new("plan", PlanRequired?.Id),
            new(
                "reason",
                Reason switch
                {
                    DenialReason.PaymentFailed => "payment_failed",
                    DenialReason.SubscriptionEnded => "subscription_ended",
                    DenialReason.PaymentRefundedOrDisputed => "payment_refunded_or_disputed",
                    _ => "plan_required",
                }
            ),
            new("upgrade_url", UpgradeUrl),
        ];
}

/// <summary>The caller pays, but the tier lacks the feature.</summary>
public sealed record FeatureNotAvailable(string Feature, Plan Current, IReadOnlyList<Plan> Having, Uri UpgradeUrl)
    : Refusal(
        ProblemCodes.FeatureNotAvailable,
        402,
        "This feature is not part of the plan.",
        $"It is part of {string.Join(" and ", Having.Select(plan => plan.Name))}."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [
            new("feature", Feature),
            new("plan", Current.Id),
            new("plans_with_feature", Having.Select(plan => plan.Id).ToArray()),
            new("upgrade_url", UpgradeUrl),
        ];
}
