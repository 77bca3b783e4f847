using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>
/// The portal's configurations, one for each interval: price and quantity can be changed among the prices of that
/// interval. Yearly changes are invoiced at once, monthly ones come with the next invoice (decision M6).
/// </summary>
internal sealed class PublishPortals(StripeClient stripe, PlanCatalog catalog, PublishSteps steps)
{
    private const string Monthly = "portal";
    private const string Yearly = "portal_yearly";

    /// <summary>How the yearly configuration is distinguished from others.</summary>
    public static bool IsYearly(StripePortalConfiguration configuration, PlanCatalog catalog) =>
        configuration.Active && configuration.Metadata.GetValueOrDefault(PublishCatalog.MetadataKey(catalog)) == Yearly;

    /// <summary>The monthly one's id; null when it is only planned.</summary>
    public async Task<string?> RunAsync(
        IReadOnlyDictionary<string, string?> products,
        IReadOnlyDictionary<string, string> prices,
        CancellationToken cancellationToken
    )
    {
        var known = (await stripe.ListPortalConfigurations(cancellationToken)).OrThrow();
        var changes = ChangesAmong(BillingInterval.Month, products, prices);
        var monthly = await FindOrMakeAsync(known, Monthly, changes, cancellationToken);
        if (catalog.Plans.SelectMany(plan => plan.Prices).Any(price => price.Interval == BillingInterval.Year))
        {
            var ofYear = ChangesAmong(BillingInterval.Year, products, prices);
            await FindOrMakeAsync(known, Yearly, ofYear, cancellationToken);
        }

        return monthly;
    }

    /// <summary>Null where nothing is sold for that interval.</summary>
    private PortalSubscriptionChanges? ChangesAmong(
        BillingInterval interval,
        IReadOnlyDictionary<string, string?> products,
        IReadOnlyDictionary<string, string> prices
    )
    {
        var isAtOnce = interval == BillingInterval.Year || catalog.UpgradeNeedsMoney;
        var among = (
            from plan in catalog.Plans
            let ids = plan
                .Prices.Where(price => price.Interval == interval && prices.ContainsKey(price.Alias))
                .Select(price => prices[price.Alias])
                .ToList()
            where ids.Count > 0
            select new PortalProduct(
                products[plan.Id]!,
                ids,
                catalog.Seats.Most == 1 ? null : new AdjustableQuantity(catalog.Seats.Least, catalog.Seats.Most)
            )
        ).ToList();
        return among is []
            ? null
            : new PortalSubscriptionChanges(
                catalog.Seats.Most == 1 ? ["price"] : ["price", "quantity"],
                among,
                isAtOnce ? "always_invoice" : "create_prorations"
            );
    }

    private async Task<string?> FindOrMakeAsync(
        IReadOnlyList<StripePortalConfiguration> known,
        string name,
        PortalSubscriptionChanges? changes,
        CancellationToken cancellationToken
    )
    {
        var key = PublishCatalog.MetadataKey(catalog);
        var what = $"billing portal, {(name == Monthly ? "monthly" : "yearly")}";
        var among = Among(changes);
        var wanted = new PortalConfigurationParams
        {
            CustomerUpdates = ["email", "address", "name", "tax_id"],
            Cancellation = new PortalCancellation(),
            SubscriptionChanges = changes,
            Metadata = new Dictionary<string, string> { [key] = name, [PricesKey] = among },
        };
        var ours = known.FirstOrDefault(one => one.Active && one.Metadata.GetValueOrDefault(key) == name);
        if (ours is null)
        {
            var wish = changes?.Products.SelectMany(product => product.PriceIds).Prepend(what) ?? [what];
            var made = await steps.MakeAsync(
                what,
                () => stripe.CreatePortalConfiguration(wanted, PublishSteps.Key(wish), cancellationToken)
            );
            return made?.Id;
        }

        if (MatchesCatalog(ours.Features, changes) && ours.Metadata.GetValueOrDefault(PricesKey) == among)
        {
            steps.Found(what);
        }
        else
        {
            await steps.ChangeAsync(
                what,
                () => stripe.UpdatePortalConfiguration(ours.Id, wanted, IdempotencyKey.Unrepeated(), cancellationToken)
            );
        }

        return ours.Id;
    }

    private string PricesKey => catalog.MetadataPrefix + "_prices";

    // Stripe does not list a configuration's prices, so it is written down which they are.
    private static string Among(PortalSubscriptionChanges? changes) =>
        PublishSteps.Key(changes?.Products.SelectMany(product => product.PriceIds) ?? []).Value;

    private static bool MatchesCatalog(StripePortalFeatures features, PortalSubscriptionChanges? changes) =>
        features is { PaymentMethodUpdate: true, InvoiceHistory: true, CancelMode: "at_period_end" }
        && features.AllowedUpdates.Order(StringComparer.Ordinal).SequenceEqual(changes?.AllowedUpdates ?? [])
        && (changes is null || features.UpdateProrationBehavior == changes.ProrationBehavior);
}
