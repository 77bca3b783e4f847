using System.Diagnostics.CodeAnalysis;

namespace Tollgate.Catalog;

/// <summary>
/// The catalog's prices by their Stripe ids, of which an alias may have several: the first is sold, the rest are
/// retired and still recognised on the subscriptions that hold them.
/// </summary>
internal sealed class PriceBook
{
    private readonly Dictionary<string, CatalogPrice> byAlias = [];
    private readonly Dictionary<string, CatalogPrice> byStripeId = [];

    /// <param name="catalog">What is sold.</param>
    /// <param name="stripeIds">Stripe's price ids by alias.</param>
    /// <exception cref="ArgumentException">An alias without an id, or one id for two prices.</exception>
    public PriceBook(PlanCatalog catalog, IReadOnlyDictionary<string, IReadOnlyList<string>> stripeIds)
    {
        foreach (var (plan, price) in catalog.Plans.SelectMany(plan => plan.Prices.Select(price => (plan, price))))
        {
            if (!stripeIds.TryGetValue(price.Alias, out var ids) || ids.Count == 0)
            {
                throw new ArgumentException($"Price {price.Alias} has no Stripe price id.", nameof(stripeIds));
            }

            var known = new CatalogPrice(plan, price, ids[0]);
            byAlias.Add(price.Alias, known);
            foreach (var id in ids.Union(price.FormerIds))
            {
                if (!byStripeId.TryAdd(id, known))
                {
                    throw new ArgumentException($"Stripe price {id} is given for two prices.", nameof(stripeIds));
                }
            }
        }
    }

    private PriceBook() { }

    /// <summary>For a host that uses no Stripe: nothing is sold and nothing recognised.</summary>
    internal static PriceBook OfNothing() => new();

    /// <summary>Stripe's ids that are not sold any more, with what took their place.</summary>
    internal IEnumerable<(string StripeId, CatalogPrice Sold)> Retired =>
        byStripeId.Where(known => known.Key != known.Value.StripeId).Select(known => (known.Key, known.Value));

    /// <summary>
    /// By what a caller may name a price with: alias, alias with the prefix <c>price_</c>, or Stripe id.
    /// </summary>
    public bool TryFindForSale(string name, [NotNullWhen(true)] out CatalogPrice? price) =>
        byAlias.TryGetValue(name, out price)
        || (
            name.StartsWith("price_", StringComparison.Ordinal)
            && byAlias.TryGetValue(name["price_".Length..], out price)
        )
        || (byStripeId.TryGetValue(name, out price) && price.StripeId == name);

    /// <summary>A price that is sold, or why it cannot be bought here.</summary>
    internal Outcome<CatalogPrice> FindOffered(PlanCatalog catalog, string name) =>
        catalog.Plans.FirstOrDefault(plan => plan.IsOffStripe && plan.Id == name) is { } offStripe
            ? new PlanSoldByPeople(offStripe.Name)
        : TryFindForSale(name, out var price) ? price
        : new UnknownPrice(catalog);

    /// <summary>By the price id on a subscription or invoice line, retired ids included.</summary>
    public bool TryRecognise(string stripePriceId, [NotNullWhen(true)] out CatalogPrice? price) =>
        byStripeId.TryGetValue(stripePriceId, out price);
}

/// <summary>A price together with its plan and the Stripe id under which it is sold.</summary>
internal sealed record CatalogPrice(Plan Plan, PlanPrice Price, string StripeId);
