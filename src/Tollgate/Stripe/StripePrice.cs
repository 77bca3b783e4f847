namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/prices/object</summary>
public sealed record StripePrice
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

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>What a price is in one of its currencies.</summary>
/// <param name="UnitAmount">Minor units; null for fractions of one.</param>
public sealed record PriceInCurrency(long? UnitAmount, string? TaxBehavior);

/// <summary>What <see cref="StripeClient.CreatePrice"/> sends: a recurring price for each of a quantity.</summary>
public sealed record PriceParams
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

    internal void Write(FormWriter form)
    {
        form.Add("product", ProductId);
        form.Add("currency", Currency);
        form.Add("unit_amount", UnitAmount);
        WriteOptions(form, Also, TaxBehavior);
        form.At("recurring").Add("interval", Interval);
        form.Add("lookup_key", LookupKey);
        form.Add("transfer_lookup_key", TransferLookupKey);
        form.Add("nickname", Nickname);
        form.Add("tax_behavior", TaxBehavior);
        form.Add("metadata", Metadata);
    }

    internal static void WriteOptions(FormWriter form, IReadOnlyList<Money> amounts, string? taxBehavior)
    {
        foreach (var amount in amounts)
        {
            var option = form.At("currency_options").At(amount.Currency);
            option.Add("unit_amount", amount.AmountMinor);
            option.Add("tax_behavior", taxBehavior);
        }
    }
}

/// <summary>What <see cref="StripeClient.UpdatePrice"/> changes; a null leaves things as they are.</summary>
public sealed record PriceUpdate
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

    internal void Write(FormWriter form)
    {
        form.Add("active", Active);
        PriceParams.WriteOptions(form, Also, TaxBehavior);
        form.Add("lookup_key", LookupKey);
        form.Add("transfer_lookup_key", TransferLookupKey);
        form.Add("nickname", Nickname);
        form.Add("tax_behavior", TaxBehavior);
        form.Add("metadata", Metadata);
    }
}

internal sealed record PriceWire(
    string Id,
    ExpandableId Product,
    bool Active,
    string Currency,
    long? UnitAmount,
    string? LookupKey,
    string? Nickname,
    RecurringWire? Recurring,
    Dictionary<string, string> Metadata,
    string? TaxBehavior,
    Dictionary<string, PriceInCurrency>? CurrencyOptions = null
)
{
    public StripePrice Read() =>
        new()
        {
            Id = Id,
            ProductId = Product.Id,
            Active = Active,
            Currency = Currency,
            UnitAmount = UnitAmount,
            LookupKey = LookupKey,
            Nickname = Nickname,
            TaxBehavior = TaxBehavior,
            CurrencyOptions = CurrencyOptions ?? [],
            Interval = Recurring?.Interval,
            IntervalCount = Recurring?.IntervalCount,
            Metadata = Metadata,
        };
}

internal sealed record RecurringWire(string Interval, long IntervalCount);
