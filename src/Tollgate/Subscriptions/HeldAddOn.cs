using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>An item of a subscription beside the plan's own.</summary>
/// <param name="Id">Of the catalog's add-on; Stripe's price id where the catalog does not name it.</param>
/// <param name="Name">As shown to people.</param>
/// <param name="Quantity">Null for what is metered.</param>
public sealed record HeldAddOn(string Id, string Name, long? Quantity)
{
    internal static HeldAddOn Of(StripeSubscriptionItem item, PlanCatalog catalog) =>
        catalog.FindAddOn(item.PriceId, item.PriceLookupKey) is { } known
            ? new HeldAddOn(known.Id, known.Name, item.Quantity)
            : new HeldAddOn(item.PriceId, item.PriceLookupKey ?? item.PriceId, item.Quantity);
}
