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

    public string? LookupKey { get; init; }

    public string? Nickname { get; init; }

    /// <summary><c>exclusive</c>, <c>inclusive</c>, or <c>unspecified</c>, which alone can be changed.</summary>
    public string? TaxBehavior { get; init; }

    /// <summary><c>month</c>, <c>year</c>, ...; null for a one-time price.</summary>
    public string? Interval { get; init; }

    public long? IntervalCount { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>What <see cref="StripeClient.CreatePrice"/> sends: a recurring price for each of a quantity.</summary>
public sealed record PriceParams
{
    public required string ProductId { get; init; }

    /// <summary>ISO 4217, lower case.</summary>
    public required string Currency { get; init; }

    /// <summary>Minor units. Cannot be changed later: a new amount is a new price.</summary>
    public required long UnitAmount { get; init; }

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
        form.At("recurring").Add("interval", Interval);
        form.Add("lookup_key", LookupKey);
        form.Add("transfer_lookup_key", TransferLookupKey);
        form.Add("nickname", Nickname);
        form.Add("tax_behavior", TaxBehavior);
        form.Add("metadata", Metadata);
    }
}

/// <summary>What <see cref="StripeClient.UpdatePrice"/> changes; a null leaves things as they are.</summary>
public sealed record PriceUpdate
{
    /// <summary>False retires the price: nobody new can buy it, who has it keeps it.</summary>
    public bool? Active { get; init; }

    public FormText LookupKey { get; init; }

    public bool? TransferLookupKey { get; init; }

    public FormText Nickname { get; init; }

    /// <summary><c>exclusive</c>, <c>inclusive</c>.</summary>
    public string? TaxBehavior { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal void Write(FormWriter form)
    {
        form.Add("active", Active);
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
    string? TaxBehavior
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
            Interval = Recurring?.Interval,
            IntervalCount = Recurring?.IntervalCount,
            Metadata = Metadata,
        };
}

internal sealed record RecurringWire(string Interval, long IntervalCount);
