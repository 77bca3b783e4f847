using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// https://docs.stripe.com/api/charges/object. Amounts are in minor units of <see cref="Currency"/>.
/// </summary>
internal sealed record StripeCharge
{
    public required string Id { get; init; }

    /// <summary>Null for a payment of somebody who is no customer.</summary>
    public string? CustomerId { get; init; }

    public string? PaymentIntentId { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>Given back so far; what failed to arrive is not in it any more.</summary>
    public required long AmountRefunded { get; init; }

    /// <summary>Given back in whole, at once or in parts.</summary>
    public required bool IsRefunded { get; init; }

    /// <summary>It was disputed, however that ended.</summary>
    public required bool IsDisputed { get; init; }

    internal static StripeCharge Of(Sdk.Charge it, Shape at)
    {
        at.Needs("id amount currency amount_refunded refunded disputed").Names("customer payment_intent");
        return new()
        {
            Id = it.Id,
            CustomerId = it.CustomerId,
            PaymentIntentId = it.PaymentIntentId,
            Amount = it.Amount,
            Currency = it.Currency,
            AmountRefunded = it.AmountRefunded,
            IsRefunded = it.Refunded,
            IsDisputed = it.Disputed,
        };
    }
}

/// <summary>https://docs.stripe.com/api/refunds/object</summary>
internal sealed record StripeRefund
{
    public required string Id { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary><c>duplicate</c>, <c>fraudulent</c>, <c>requested_by_customer</c>, ...</summary>
    public string? Reason { get; init; }

    /// <summary><c>pending</c>, <c>requires_action</c>, <c>succeeded</c>, <c>failed</c>, <c>canceled</c>.</summary>
    public string? Status { get; init; }

    public required DateTimeOffset Created { get; init; }

    internal static StripeRefund Of(Sdk.Refund it, Shape at)
    {
        at.Needs("id amount currency created");
        return new()
        {
            Id = it.Id,
            Amount = it.Amount,
            Currency = it.Currency,
            Reason = it.Reason,
            Status = it.Status,
            Created = it.Created.Utc(),
        };
    }
}

/// <summary>https://docs.stripe.com/api/disputes/object. It names a charge and no customer.</summary>
internal sealed record StripeDispute
{
    public required string Id { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary><c>fraudulent</c>, <c>product_not_received</c>, ...</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// <c>needs_response</c>, <c>under_review</c>, <c>won</c>, <c>lost</c>; <c>warning_…</c> of a bank's inquiry, which
    /// has taken no money.
    /// </summary>
    public required string Status { get; init; }

    public required DateTimeOffset Created { get; init; }

    internal static StripeDispute Of(Sdk.Dispute it, Shape at)
    {
        at.Needs("id amount currency reason status created");
        return new()
        {
            Id = it.Id,
            Amount = it.Amount,
            Currency = it.Currency,
            Reason = it.Reason,
            Status = it.Status,
            Created = it.Created.Utc(),
        };
    }
}

/// <summary>https://docs.stripe.com/api/invoice-payment/object</summary>
internal sealed record StripeInvoicePayment(string Id, string InvoiceId)
{
    internal static StripeInvoicePayment Of(Sdk.InvoicePayment it, Shape at)
    {
        at.Needs("id invoice");
        return new(it.Id, it.InvoiceId);
    }
}
