using Tollgate.Accounts;
using Tollgate.Alerts;
using Tollgate.Catalog;
using Tollgate.Deadlines;
using Tollgate.Settings;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>
/// Another plan, shown with its money and confirmed on Stripe's portal, which then leads back to the settings page: for
/// products without such a page. Among prices of one interval, as the portal's configurations have it (decision M6).
/// </summary>
public sealed class ConfirmPlan
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private readonly AccountLeases leases;
    private readonly FindChangeTarget find;
    private readonly QuoteChange quotes;
    private readonly FindPortal portals;
    private readonly StripeClient stripe;
    private readonly LastingRefusals refusals;
    private readonly PlanCatalog catalog;
    private readonly PriceBook prices;
    private readonly TollgateOptions options;
    private readonly BillingSwitch billing;

    internal ConfirmPlan(
        AccountLeases leases,
        FindChangeTarget find,
        QuoteChange quotes,
        FindPortal portals,
        StripeClient stripe,
        LastingRefusals refusals,
        PlanCatalog catalog,
        PriceBook prices,
        TollgateOptions options,
        BillingSwitch billing
    )
    {
        this.leases = leases;
        this.find = find;
        this.quotes = quotes;
        this.portals = portals;
        this.stripe = stripe;
        this.refusals = refusals;
        this.catalog = catalog;
        this.prices = prices;
        this.options = options;
        this.billing = billing;
    }

    /// <summary>Opens the page.</summary>
    /// <param name="priceName">Alias, alias with the prefix <c>price_</c>, or Stripe's id of a price that is
    /// sold.</param>
    /// <returns>Stripe's page, to which the caller is sent at once.</returns>
    public async Task<Outcome<Uri>> RunAsync(AccountId account, string priceName, CancellationToken cancellationToken)
    {
        if (billing.RefusalOfActions is { } off)
        {
            return off;
        }

        var price = prices.FindOffered(catalog, priceName);
        if (price.Refusal is { } notSold)
        {
            return notSold;
        }

        var found = await find.RunAsync(account, cancellationToken);
        if (found.Refusal is { } refused)
        {
            return refused;
        }

        var (request, subject) = (ChangeRequest.OtherPlan(price.Value!), found.Value!);
        if (await quotes.FindReasonAgainstAsync(account, request, subject, cancellationToken) is { } reason)
        {
            return reason;
        }

        if (await FreeAsync(account, subject, cancellationToken) is { } notFree)
        {
            return notFree;
        }

        var configuration = await portals.RunAsync(subject.Price.Price.Interval, cancellationToken);
        if (configuration.Refusal is { } missing)
        {
            return missing;
        }

        var made = await stripe
            .With(StripePatience.Interactive)
            .For(account)
            .CreatePortalSession(
                subject.Subscription.CustomerId,
                configuration.Value!,
                options.SettingsUrl,
                new PortalChange(
                    subject.Subscription.Id,
                    subject.Item.Id,
                    request.PriceIdOn(subject),
                    request.SeatsOn(subject)
                ),
                cancellationToken
            );
        Outcome<Uri> opened = made.Refusal is { } no ? new StripeSaidNo(no) : made.Value;
        return await refusals.WatchAsync($"confirmation of {price.Value!.Price.Alias}", opened);
    }

    // the portal does not change what a schedule decides about
    private async Task<Refusal?> FreeAsync(AccountId account, ChangeTarget subject, CancellationToken cancellationToken)
    {
        if (subject.Subscription.ScheduleId is null)
        {
            return null;
        }

        if (await leases.TakeAsync(account, Patience, cancellationToken) is not { } lease)
        {
            return new BillingBusy();
        }

        try
        {
            return await find.FreeAsync(subject, cancellationToken);
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }
}
