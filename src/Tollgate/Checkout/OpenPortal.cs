using Microsoft.EntityFrameworkCore;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Checkout;

/// <summary>
/// A new session of Stripe's portal: card, invoices, cancellation, and what else its configuration allows. Yearly
/// subscriptions have a configuration of their own, without changes that our endpoints invoice at once (decision M6).
/// </summary>
public sealed class OpenPortal(
    IDbContextFactory<TollgateDb> contexts,
    StripeClient stripe,
    StripeSettings settings,
    PlanCatalog catalog,
    TollgateOptions options,
    BillingSwitch billing
)
{
    private string? yearly;

    public async Task<Outcome<Uri>> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (!billing.IsOn)
        {
            return new BillingDisabled();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var customer = await db.Set<BillingAccount>()
            .Where(row => row.AccountId == account && row.ClosedAt == null)
            .Select(row => row.StripeCustomerId)
            .SingleOrDefaultAsync(cancellationToken);
        if (customer is null)
        {
            return new NoCustomer(options.UpgradeUrl);
        }

        var interval = await db.Set<SubscriptionState>()
            .Where(row => row.AccountId == account)
            .Select(row => row.BillingInterval)
            .SingleOrDefaultAsync(cancellationToken);
        var configuration = await FindConfigurationAsync(interval, cancellationToken);
        if (configuration.Refusal is { } refusal)
        {
            return refusal;
        }

        var made = await stripe
            .With(StripePatience.Interactive)
            .CreatePortalSession(customer, configuration.Value!, options.SettingsUrl, cancellationToken);
        return made.Refusal is { } no ? new StripeSaidNo(no) : made.Value;
    }

    private async Task<Outcome<string>> FindConfigurationAsync(
        BillingInterval? interval,
        CancellationToken cancellationToken
    )
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

/// <summary>Nothing was ever bought, so there is nothing to manage.</summary>
public sealed record NoCustomer(Uri UpgradeUrl)
    : Refusal(ProblemCodes.NoCustomer, 409, "There is nothing to manage yet.", "Choose a plan first.")
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("upgrade_url", UpgradeUrl)];
}

/// <summary>The portal's yearly configuration is missing at Stripe.</summary>
public sealed record PortalNotSetUp()
    : Refusal(
        ProblemCodes.PortalNotSetUp,
        503,
        "The billing portal is not set up.",
        "Write to us; whoever runs this product can mend it with the setup command."
    );
