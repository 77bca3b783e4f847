using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// https://docs.stripe.com/api/invoice-line-item/object. Amounts are in minor units of the invoice's currency.
/// </summary>
internal sealed record StripeInvoiceLine
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

    internal static StripeInvoiceLine Of(Sdk.InvoiceLineItem it, Shape at)
    {
        at.Needs("id amount period").Names("quantity pricing parent description subscription");
        at.At("period").Needs("start end");
        if (it.Pricing?.PriceDetails is not null)
        {
            at.At("pricing").At("price_details").Needs("price");
        }

        // which of the two is there is what "type" says; the other is null
        var ofItem = it.Parent?.SubscriptionItemDetails;
        var ofInvoiceItem = it.Parent?.InvoiceItemDetails;
        if (ofItem is not null)
        {
            at.At("parent").At("subscription_item_details").Needs("proration subscription_item").Names("subscription");
        }

        if (ofInvoiceItem is not null)
        {
            at.At("parent").At("invoice_item_details").Needs("proration").Names("subscription");
        }

        return new()
        {
            Id = it.Id,
            Amount = it.Amount,
            Quantity = it.Quantity,
            PriceId = it.Pricing?.PriceDetails?.PriceId,
            IsProration = ofItem?.Proration ?? ofInvoiceItem?.Proration ?? false,
            SubscriptionId = ofItem?.Subscription ?? ofInvoiceItem?.Subscription ?? it.SubscriptionId,
            SubscriptionItemId = ofItem?.SubscriptionItem,
            PeriodStart = it.Period.Start.Utc(),
            PeriodEnd = it.Period.End.Utc(),
            Description = it.Description,
        };
    }
}
