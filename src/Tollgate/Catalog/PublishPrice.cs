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
            return await MakeAsync(what, productId, price, former: null, cancellationToken);
        }

        if (!IsAsDeclared(known, price))
        {
            await MarkAsync(known, price, cancellationToken);
            return await MakeAsync($"{what}, in place of {known.Id}", productId, price, known, cancellationToken);
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

    /// <summary>The currencies that the price at Stripe has and that the catalog says something else of.</summary>
    public static bool Contradicts(StripePrice known, PlanPrice price) =>
        price.Also.Any(amount =>
            known.CurrencyOptions.TryGetValue(amount.Currency, out var option)
            && option.UnitAmount != amount.AmountMinor
        );

    /// <summary>Those that it lacks, or has without saying whether they are net or gross.</summary>
    public static IReadOnlyList<Money> Missing(StripePrice known, PlanPrice price, string? tax) =>
        [
            .. price.Also.Where(amount =>
                !known.CurrencyOptions.TryGetValue(amount.Currency, out var option)
                || (tax is not null && option.TaxBehavior != tax)
            ),
        ];

    private bool IsAsDeclared(StripePrice known, PlanPrice price) =>
        known.UnitAmount == price.UnitAmount.AmountMinor
        && known.Currency == price.UnitAmount.Currency
        && known is { IntervalCount: 1 or null, Active: true }
        && known.Interval == Interval(price)
        && !Contradicts(known, price)
        && (
            TaxBehavior(catalog) is not { } tax
            || known.TaxBehavior is null or "unspecified"
            || known.TaxBehavior == tax
        );

    private async Task<string?> MakeAsync(
        string what,
        string? productId,
        PlanPrice price,
        StripePrice? former,
        CancellationToken cancellationToken
    )
    {
        var made = await steps.MakeAsync(
            what,
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
        if (former.Metadata.GetValueOrDefault(MetadataKey) != price.Alias)
        {
            await ChangeAsync(
                $"{former.Id}, retired",
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
        var missing = Missing(known, price, tax);
        if (missing.Count == 0 && (tax is null || known.TaxBehavior == tax))
        {
            steps.Found(what);
            return;
        }

        await ChangeAsync(
            tax is null ? what : $"{what}, tax {tax}",
            known,
            new PriceUpdate { TaxBehavior = tax, Also = missing },
            cancellationToken
        );
    }

    private Task ChangeAsync(string what, StripePrice price, PriceUpdate change, CancellationToken cancellationToken) =>
        steps.ChangeAsync(
            what,
            () => stripe.UpdatePrice(price.Id, change, IdempotencyKey.Unrepeated(), cancellationToken)
        );

    private Dictionary<string, string> Mark(PlanPrice price) => new() { [MetadataKey] = price.Alias };
}
