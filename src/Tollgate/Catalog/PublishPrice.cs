using System.Globalization;
using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>
/// A price of the catalog, found by its lookup key. Amount, currency and interval of a price are for ever: where the
/// catalog says something else, a new one takes the lookup key, and the old one is remembered as retired.
/// </summary>
internal sealed class PublishPrice(StripeClient stripe, PlanCatalog catalog, PublishSteps steps)
{
    /// <summary>The id that is sold; null when it is only planned.</summary>
    public async Task<string?> RunAsync(string? productId, PlanPrice price, CancellationToken cancellationToken)
    {
        var what = Words(price);
        var sold = (await stripe.ListPrices([LookupKey(price)], cancellationToken)).OrThrow();
        if (sold is not [var known, ..])
        {
            var facts = PriceFacts.OfNew(price, LookupKey(price), TaxBehavior(catalog));
            return await MakeAsync(what, facts, productId, price, former: null, cancellationToken);
        }

        var forEver = PriceFacts.ForEver(known, price, TaxBehavior(catalog));
        if (forEver.Any(fact => fact.IsDifferent()))
        {
            await MarkAsync(known, price, cancellationToken);
            IEnumerable<PublishFact> facts = [.. forEver, .. PriceFacts.Addable(known, price, TaxBehavior(catalog))];
            var inPlace = $"{what}, in place of {known.Id}";
            return await MakeAsync(inPlace, facts, productId, price, known, cancellationToken);
        }

        await FindOrSetAsync(what, known, price, cancellationToken);
        return known.Id;
    }

    /// <summary>Those that this price was before: ours by their metadata, and those that the catalog names.</summary>
    public async Task<IReadOnlyList<string>> FindRetiredAsync(
        string productId,
        PlanPrice price,
        string soldId,
        CancellationToken cancellationToken
    )
    {
        var marked = (await stripe.ListPricesOf(productId, cancellationToken))
            .OrThrow()
            .Where(one => one.Metadata.GetValueOrDefault(MetadataKey) == price.Alias)
            .Select(one => one.Id);
        var named = new List<string>();
        foreach (var keys in price.FormerLookupKeys.Chunk(StripeClient.LookupKeysMax))
        {
            named.AddRange((await stripe.ListPrices(keys, cancellationToken)).OrThrow().Select(one => one.Id));
        }

        return [.. marked.Union(named).Union(price.FormerIds).Where(id => id != soldId)];
    }

    /// <summary>What a price must say where Stripe works out the taxes; null where it does not.</summary>
    public static string? TaxBehavior(PlanCatalog catalog) =>
        catalog.Checkout.AutomaticTax switch
        {
            AutomaticTax.OnTop => "exclusive",
            AutomaticTax.Included => "inclusive",
            _ => null,
        };

    public static string Interval(PlanPrice price) => price.Interval == BillingInterval.Year ? "year" : "month";

    private string MetadataKey => catalog.MetadataPrefix + "_price";

    private string LookupKey(PlanPrice price) => $"{catalog.MetadataPrefix}_{price.Alias}";

    private static string Words(PlanPrice price) =>
        string.Create(CultureInfo.InvariantCulture, $"price {price.Alias}, {Amounts(price)} a {Interval(price)}");

    /// <summary>In each currency: <c>20.00 usd, 18.00 eur</c>.</summary>
    public static string Amounts(PlanPrice price) => string.Join(", ", price.Amounts.Select(amount => amount.ToText()));

    /// <summary>What Stripe has as a price's amount; null there is a fraction of the minor unit.</summary>
    public static string Amount(long? minor, string currency) =>
        minor is { } whole ? new Money(whole, currency).ToText() : $"a fraction of a minor unit of {currency}";

    private async Task<string?> MakeAsync(
        string what,
        IEnumerable<PublishFact> facts,
        string? productId,
        PlanPrice price,
        StripePrice? former,
        CancellationToken cancellationToken
    )
    {
        var made = await steps.MakeAsync(
            what,
            facts,
            () =>
                stripe.CreatePrice(
                    new PriceParams
                    {
                        ProductId = productId!,
                        Currency = price.UnitAmount.Currency,
                        UnitAmount = price.UnitAmount.AmountMinor,
                        Also = price.Also,
                        Interval = Interval(price),
                        LookupKey = LookupKey(price),
                        TransferLookupKey = former is null ? null : true,
                        TaxBehavior = TaxBehavior(catalog),
                        Metadata = Mark(price),
                    },
                    PublishSteps.Key(what, LookupKey(price), productId!),
                    cancellationToken
                )
        );
        return made?.Id;
    }

    // Before its lookup key is gone, so that it is found again whatever happens in between.
    private async Task MarkAsync(StripePrice former, PlanPrice price, CancellationToken cancellationToken)
    {
        var marked = former.Metadata.GetValueOrDefault(MetadataKey);
        if (marked != price.Alias)
        {
            await SettleAsync(
                $"{former.Id}, retired",
                [new PublishFact($"metadata.{MetadataKey}", marked, price.Alias)],
                former,
                new PriceUpdate { Metadata = Mark(price) },
                cancellationToken
            );
        }
    }

    private async Task FindOrSetAsync(
        string what,
        StripePrice known,
        PlanPrice price,
        CancellationToken cancellationToken
    )
    {
        var tax = TaxBehavior(catalog);
        var facts = PriceFacts.Addable(known, price, tax);
        await SettleAsync(
            tax is null || facts.Count == 0 ? what : $"{what}, tax {tax}",
            facts,
            known,
            new PriceUpdate { TaxBehavior = tax, Also = PriceFacts.Missing(known, price, tax) },
            cancellationToken
        );
    }

    private Task SettleAsync(
        string what,
        IReadOnlyList<PublishFact> facts,
        StripePrice price,
        PriceUpdate change,
        CancellationToken cancellationToken
    ) =>
        steps.SettleAsync(
            what,
            facts,
            () => stripe.UpdatePrice(price.Id, change, IdempotencyKey.Unrepeated(), cancellationToken)
        );

    private Dictionary<string, string> Mark(PlanPrice price) => new() { [MetadataKey] = price.Alias };
}
