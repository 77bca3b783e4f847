using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Subscriptions;

namespace Tollgate.Access;

/// <summary>
/// Where the catalog blocks after the grace (decision S15): whether an account's metered calls are refused until it
/// pays or cancels.
/// </summary>
public sealed class PaymentBlock(AccessGate gate, PlanCatalog catalog, TollgateOptions options, BillingSwitch billing)
{
    /// <summary>Why the account's calls are refused now; null when they are not.</summary>
    public async ValueTask<Refusal?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (catalog.AfterGrace != AfterGrace.Blocked || !billing.IsOn)
        {
            return null;
        }

        var (state, decision) = await gate.DecideAsync(account, cancellationToken);
        return IsOn(state, decision) ? new PaymentRequired(decision.Plan.Id, options.SettingsUrl) : null;
    }

    /// <summary>The same, of a row that is at hand.</summary>
    // a trial that ended without a card has no payment outstanding
    public bool IsOn(SubscriptionState state, AccessDecision decision) =>
        catalog.AfterGrace == AfterGrace.Blocked
        && billing.IsOn
        && decision.Denial == DenialReason.PaymentFailed
        && state.StripeStatus != "paused";
}

/// <summary>The grace is over, and the product is closed until the open invoice is paid.</summary>
/// <param name="Tier">The one that it is held to: the free one.</param>
/// <param name="SettingsUrl">Where it is paid, or the subscription cancelled.</param>
internal sealed record PaymentRequired(string Tier, Uri SettingsUrl)
    : Refusal(
        ProblemCodes.PaymentRequired,
        402,
        "The last payment failed, and the plan is paused.",
        "Update the payment method in the billing settings to go on, or cancel the subscription to go on for free."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [new("tier", Tier), new("settings_url", SettingsUrl)];
}
