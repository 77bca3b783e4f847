using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/prices/object</summary>
internal sealed record StripePrice
{
    public required string Id { get; init; }

    public required string ProductId { get; init; }

    public required bool Active { get; init; }

    /// <summary>ISO 4217, lower case.</summary>
    public required string Currency { get; init; }

    /// <summary>Minor units for one of the quantity; null for tiered prices and fractions of a minor unit.</summary>
    public long? UnitAmount { get; init; }

    /// <summary>
    /// By currency, its own among them; empty where they were not expanded, as lists by product do not.
    /// </summary>
    public IReadOnlyDictionary<string, PriceInCurrency> CurrencyOptions { get; init; } =
        new Dictionary<string, PriceInCurrency>();

    public string? LookupKey { get; init; }

    public string? Nickname { get; init; }

    /// <summary><c>exclusive</c>, <c>inclusive</c>, or <c>unspecified</c>, which alone can be changed.</summary>
    public string? TaxBehavior { get; init; }

    /// <summary><c>month</c>, <c>year</c>, ...; null for a one-time price.</summary>
    public string? Interval { get; init; }

    public long? IntervalCount { get; init; }

    /// <summary><c>licensed</c>, or <c>metered</c> by what is reported to Stripe; null for a one-time price.</summary>
    public string? UsageType { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    internal static StripePrice Of(Sdk.Price it, Shape at)
    {
        at.Needs("id product active currency metadata").Names("unit_amount lookup_key nickname recurring tax_behavior");
        if (it.Recurring is not null)
        {
            at.At("recurring").Needs("interval interval_count usage_type");
        }

        return new()
        {
            Id = it.Id,
            ProductId = it.ProductId,
            Active = it.Active,
            Currency = it.Currency,
            UnitAmount = it.UnitAmount,
            LookupKey = it.LookupKey,
            Nickname = it.Nickname,
            TaxBehavior = it.TaxBehavior,
            CurrencyOptions = (it.CurrencyOptions ?? []).ToDictionary(
                option => option.Key,
                option => PriceInCurrency.Of(option.Value, at.At("currency_options").At(option.Key))
            ),
            Interval = it.Recurring?.Interval,
            IntervalCount = it.Recurring?.IntervalCount,
            UsageType = it.Recurring?.UsageType,
            Metadata = it.Metadata,
        };
    }
}

/// <summary>What a price is in one of its currencies.</summary>
/// <param name="UnitAmount">Minor units; null for fractions of one.</param>
internal sealed record PriceInCurrency(long? UnitAmount, string? TaxBehavior)
{
    internal static PriceInCurrency Of(Sdk.PriceCurrencyOptions it, Shape at)
    {
        at.Names("unit_amount tax_behavior");
        return new(it.UnitAmount, it.TaxBehavior);
    }
}

/// <summary>What <see cref="StripeClient.CreatePrice"/> sends: a recurring price for each of a quantity.</summary>
internal sealed record PriceParams
{
    public required string ProductId { get; init; }

    /// <summary>ISO 4217, lower case.</summary>
    public required string Currency { get; init; }

    /// <summary>Minor units. Cannot be changed later: a new amount is a new price.</summary>
    public required long UnitAmount { get; init; }

    /// <summary>The same in further currencies.</summary>
    public IReadOnlyList<Money> Also { get; init; } = [];

    /// <summary><c>month</c> or <c>year</c>.</summary>
    public required string Interval { get; init; }

    public string? LookupKey { get; init; }

    /// <summary>Takes the lookup key from the price that has it.</summary>
    public bool? TransferLookupKey { get; init; }

    public string? Nickname { get; init; }

    /// <summary><c>exclusive</c>, <c>inclusive</c>.</summary>
    public string? TaxBehavior { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal Sdk.PriceCreateOptions ToOptions() =>
        new Sdk.PriceCreateOptions
        {
            Product = ProductId,
            Currency = Currency,
            UnitAmount = UnitAmount,
            Recurring = new() { Interval = Interval },
            LookupKey = LookupKey,
            TransferLookupKey = TransferLookupKey,
            Nickname = Nickname,
            TaxBehavior = TaxBehavior,
        }
            .Given(OptionsOf(Also, TaxBehavior), (options, also) => options.CurrencyOptions = also)
            .WithMetadata(Metadata);

    internal static Dictionary<string, Sdk.PriceCurrencyOptionsOptions>? OptionsOf(
        IReadOnlyList<Money> amounts,
        string? taxBehavior
    ) =>
        amounts.Count == 0
            ? null
            : amounts.ToDictionary(
                amount => amount.Currency,
                amount => new Sdk.PriceCurrencyOptionsOptions
                {
                    UnitAmount = amount.AmountMinor,
                    TaxBehavior = taxBehavior,
                }
            );
}

/// <summary>What <see cref="StripeClient.UpdatePrice"/> changes; a null leaves things as they are.</summary>
internal sealed record PriceUpdate
{
    /// <summary>False retires the price: nobody new can buy it, who has it keeps it.</summary>
    public bool? Active { get; init; }

    /// <summary>Further currencies that it is to have, with the same <see cref="TaxBehavior"/>.</summary>
    public IReadOnlyList<Money> Also { get; init; } = [];

    public FormText LookupKey { get; init; }

    public bool? TransferLookupKey { get; init; }

    public FormText Nickname { get; init; }

    /// <summary><c>exclusive</c>, <c>inclusive</c>.</summary>
    public string? TaxBehavior { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal Sdk.PriceUpdateOptions ToOptions() =>
        new Sdk.PriceUpdateOptions
        {
            Active = Active,
            LookupKey = LookupKey.Text,
            TransferLookupKey = TransferLookupKey,
            Nickname = Nickname.Text,
            TaxBehavior = TaxBehavior,
        }
            .Given(PriceParams.OptionsOf(Also, TaxBehavior), (options, also) => options.CurrencyOptions = also)
            .WithMetadata(Metadata);
}
