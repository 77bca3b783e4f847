namespace Tollgate.Stripe;

/// <summary>
/// https://docs.stripe.com/api/invoice-line-item/object. Amounts are in minor units of the invoice's currency.
/// </summary>
public sealed record StripeInvoiceLine
{
    public required string Id { get; init; }

    /// <summary>Negative for a credit.</summary>
    public required long Amount { get; init; }

    public long? Quantity { get; init; }

    /// <summary>Of <c>pricing.price_details</c>; null for a line with an amount of its own.</summary>
    public string? PriceId { get; init; }

    /// <summary>A share of a period, for a change in its midst. Such a line pays for no period.</summary>
    public required bool IsProration { get; init; }

    public string? SubscriptionId { get; init; }

    public string? SubscriptionItemId { get; init; }

    public required DateTimeOffset PeriodStart { get; init; }

    public required DateTimeOffset PeriodEnd { get; init; }

    public string? Description { get; init; }
}

internal sealed record InvoiceLineWire(
    string Id,
    long Amount,
    long? Quantity,
    LinePricingWire? Pricing,
    LineParentWire? Parent,
    LinePeriodWire Period,
    string? Description,
    ExpandableId? Subscription
)
{
    public StripeInvoiceLine Read() =>
        new()
        {
            Id = Id,
            Amount = Amount,
            Quantity = Quantity,
            PriceId = Pricing?.PriceDetails?.Price.Id,
            IsProration = Parent?.SubscriptionItemDetails?.Proration ?? Parent?.InvoiceItemDetails?.Proration ?? false,
            SubscriptionId =
                Parent?.SubscriptionItemDetails?.Subscription
                ?? Parent?.InvoiceItemDetails?.Subscription
                ?? Subscription?.Id,
            SubscriptionItemId = Parent?.SubscriptionItemDetails?.SubscriptionItem,
            PeriodStart = Period.Start,
            PeriodEnd = Period.End,
            Description = Description,
        };
}

internal sealed record LinePricingWire(LinePriceDetailsWire? PriceDetails = null);

internal sealed record LinePriceDetailsWire(ExpandableId Price);

// which of the two is there is what "type" says; the other is null
internal sealed record LineParentWire(
    SubscriptionItemDetailsWire? SubscriptionItemDetails,
    InvoiceItemDetailsWire? InvoiceItemDetails
);

internal sealed record SubscriptionItemDetailsWire(bool Proration, string? Subscription, string SubscriptionItem);

internal sealed record InvoiceItemDetailsWire(bool Proration, string? Subscription);

internal sealed record LinePeriodWire(DateTimeOffset Start, DateTimeOffset End);
