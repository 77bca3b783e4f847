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
        var monthly = await FindOrMakeAsync(known, BillingInterval.Month, changes, cancellationToken);
        if (catalog.Plans.SelectMany(plan => plan.Prices).Any(price => price.Interval == BillingInterval.Year))
        {
            var ofYear = ChangesAmong(BillingInterval.Year, products, prices);
            await FindOrMakeAsync(known, BillingInterval.Year, ofYear, cancellationToken);
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
        return among is [] ? null : new PortalSubscriptionChanges(AllowedUpdates, among, ProrationOf(interval));
    }

    private async Task<string?> FindOrMakeAsync(
        IReadOnlyList<StripePortalConfiguration> known,
        BillingInterval interval,
        PortalSubscriptionChanges? changes,
        CancellationToken cancellationToken
    )
    {
        var key = PublishCatalog.MetadataKey(catalog);
        var name = interval == BillingInterval.Month ? Monthly : Yearly;
        var what = $"billing portal, {(interval == BillingInterval.Month ? "monthly" : "yearly")}";
        var among = Among(changes);
        var wanted = new PortalConfigurationParams
        {
            CustomerUpdates = ["email", "address", "name", "tax_id"],
            Cancellation = new PortalCancellation(),
            SubscriptionChanges = changes,
            Metadata = new Dictionary<string, string> { [key] = name, [PricesKey] = among },
        };
        var ours = known.FirstOrDefault(one => one.Active && one.Metadata.GetValueOrDefault(key) == name);
        var facts = FactsOf(ours, interval, among);
        if (ours is null)
        {
            var wish = changes?.Products.SelectMany(product => product.PriceIds).Prepend(what) ?? [what];
            var made = await steps.MakeAsync(
                what,
                facts,
                () => stripe.CreatePortalConfiguration(wanted, PublishSteps.Key(wish), cancellationToken)
            );
            return made?.Id;
        }

        await steps.SettleAsync(
            what,
            facts,
            () => stripe.UpdatePortalConfiguration(ours.Id, wanted, IdempotencyKey.Unrepeated(), cancellationToken)
        );
        return ours.Id;
    }

    private string PricesKey => catalog.MetadataPrefix + "_prices";

    // Stripe does not list a configuration's prices, so it is written down which they are.
    private static string Among(PortalSubscriptionChanges? changes) =>
        PublishSteps.Key(changes?.Products.SelectMany(product => product.PriceIds) ?? []).Value;

    private string[] AllowedUpdates => catalog.Seats.Most == 1 ? ["price"] : ["price", "quantity"];

    private string ProrationOf(BillingInterval interval) =>
        interval == BillingInterval.Year || catalog.UpgradeNeedsMoney ? "always_invoice" : "create_prorations";

    /// <summary>By the catalog alone: the ids of prices that are only planned are not known.</summary>
    /// <param name="ours">Null where it is to be made.</param>
    private IReadOnlyList<PublishFact> FactsOf(StripePortalConfiguration? ours, BillingInterval interval, string among)
    {
        var features = ours?.Features;
        var aliases = Text(
            catalog
                .Plans.SelectMany(plan => plan.Prices)
                .Where(price => price.Interval == interval)
                .Select(price => price.Alias)
        );
        return
        [
            new("payment_method_update", OnOff(features?.PaymentMethodUpdate), OnOff(true)),
            new("invoice_history", OnOff(features?.InvoiceHistory), OnOff(true)),
            new("subscription_cancel.mode", features?.CancelMode, "at_period_end"),
            new(
                "subscription_update.default_allowed_updates",
                Text(features?.AllowedUpdates.Order(StringComparer.Ordinal)),
                aliases is null ? null : Text(AllowedUpdates)
            ),
            .. aliases is null
                ? Enumerable.Empty<PublishFact>()
                :
                [
                    new(
                        "subscription_update.proration_behavior",
                        features?.UpdateProrationBehavior,
                        ProrationOf(interval)
                    ),
                ],
            new(
                "subscription_update.products.prices",
                ours is null ? null
                    : ours.Metadata.GetValueOrDefault(PricesKey) == among ? aliases
                    : "other ones",
                aliases
            ),
        ];
    }

    // none is as if it was not allowed
    private static string? Text(IEnumerable<string>? all) => all?.Any() == true ? string.Join(", ", all) : null;

    private static string? OnOff(bool? isOn) =>
        isOn switch
        {
            true => "on",
            false => "off",
            null => null,
        };
}
