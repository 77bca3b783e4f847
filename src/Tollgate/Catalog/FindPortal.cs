using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>
/// The portal's configuration for a subscription. Yearly ones have their own, whose changes are invoiced at once
/// (decision M6).
/// </summary>
internal sealed class FindPortal(StripeClient stripe, StripeSettings settings, PlanCatalog catalog)
{
    private string? yearly;

    /// <param name="interval">Of the account's subscription; null without one.</param>
    /// <returns>The configuration's id.</returns>
    public async Task<Outcome<string>> RunAsync(BillingInterval? interval, CancellationToken cancellationToken)
    {
        if (interval != BillingInterval.Year)
        {
            return settings.PortalConfigurationId is { } monthly ? monthly : new PortalNotSetUp();
        }

        if (yearly is { } known)
        {
            return known;
        }

        var listed = await stripe.With(StripePatience.Interactive).ListPortalConfigurations(cancellationToken);
        if (listed.Refusal is { } no)
        {
            return new StripeSaidNo(no);
        }

        if (listed.Value.FirstOrDefault(one => PublishPortals.IsYearly(one, catalog)) is not { Id: var found })
        {
            return new PortalNotSetUp();
        }

        yearly = found;
        return found;
    }
}

/// <summary>The portal's configuration is missing at Stripe.</summary>
internal sealed record PortalNotSetUp()
    : Refusal(
        ProblemCodes.PortalNotSetUp,
        503,
        "The billing portal is not set up.",
        "Write to us; whoever runs this product can repair it with the setup command."
    );
