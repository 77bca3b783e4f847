using Tollgate.Alerts;
using Tollgate.Catalog;

namespace Tollgate.Changes;

/// <summary>
/// Another plan of the same interval, up or down, with the seats as they are: first a quote, then the change exactly as
/// quoted.
/// </summary>
public sealed class ChangePlan(
    QuoteChange quote,
    ApplyChange apply,
    LastingRefusals refusals,
    PlanCatalog catalog,
    PriceBook prices
)
{
    /// <param name="priceName">Alias, alias with the prefix <c>price_</c>, or Stripe's id of a price that is
    /// sold.</param>
    public async Task<Outcome<Quote>> PreviewAsync(
        AccountId account,
        string priceName,
        CancellationToken cancellationToken
    )
    {
        var price = prices.FindOffered(catalog, priceName);
        return price.Refusal is { } refusal
            ? refusal
            : await refusals.WatchAsync(
                $"preview of {price.Value!.Price.Alias}",
                quote.RunAsync(account, ChangeRequest.OtherPlan(price.Value!), cancellationToken)
            );
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
        var price = prices.FindOffered(catalog, priceName);
        return price.Refusal is { } refusal
            ? refusal
            : await refusals.WatchAsync(
                $"change to {price.Value!.Price.Alias}",
                apply.RunAsync(account, ChangeRequest.OtherPlan(price.Value!), prorationDate, cancellationToken)
            );
    }
}
