using Tollgate.Catalog;

namespace Tollgate.Changes;

/// <summary>
/// Another plan of the same interval, up or down, with the seats as they are: first a quote, then the change exactly as
/// quoted.
/// </summary>
public sealed class ChangePlan
{
    private readonly QuoteChange quote;
    private readonly ApplyChange apply;
    private readonly PlanCatalog catalog;
    private readonly PriceBook prices;

    internal ChangePlan(QuoteChange quote, ApplyChange apply, PlanCatalog catalog, PriceBook prices)
    {
        this.quote = quote;
        this.apply = apply;
        this.catalog = catalog;
        this.prices = prices;
    }

    /// <param name="priceName">Alias, alias with the prefix <c>price_</c>, or Stripe's id of a price that is
    /// sold.</param>
    public async Task<Outcome<Quote>> PreviewAsync(
        AccountId account,
        string priceName,
        CancellationToken cancellationToken
    )
    {
        var price = Find(priceName);
        return price.Refusal is { } refusal
            ? refusal
            : await quote.RunAsync(account, Wanted.OtherPlan(price.Value!), cancellationToken);
    }

    /// <inheritdoc cref="PreviewAsync"/>
    /// <param name="prorationDate">Of the preview that was accepted.</param>
    public async Task<Outcome<Quote>> ApplyAsync(
        AccountId account,
        string priceName,
        DateTimeOffset prorationDate,
        CancellationToken cancellationToken
    )
    {
        var price = Find(priceName);
        return price.Refusal is { } refusal
            ? refusal
            : await apply.RunAsync(account, Wanted.OtherPlan(price.Value!), prorationDate, cancellationToken);
    }

    private Outcome<CatalogPrice> Find(string priceName) =>
        catalog.Plans.FirstOrDefault(plan => plan.IsOffStripe && plan.Id == priceName) is { } offStripe
            ? new PlanSoldByPeople(offStripe.Name)
        : prices.TryFindForSale(priceName, out var price) ? price
        : new UnknownPrice(catalog);
}
