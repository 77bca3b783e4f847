namespace Tollgate.Stripe;

/// <summary>
/// https://docs.stripe.com/api/charges/object. Amounts are in minor units of <see cref="Currency"/>.
/// </summary>
public sealed record StripeCharge
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
}

/// <summary>https://docs.stripe.com/api/refunds/object</summary>
public sealed record StripeRefund
{
    public required string Id { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary><c>duplicate</c>, <c>fraudulent</c>, <c>requested_by_customer</c>, ...</summary>
    public string? Reason { get; init; }

    /// <summary><c>pending</c>, <c>requires_action</c>, <c>succeeded</c>, <c>failed</c>, <c>canceled</c>.</summary>
    public string? Status { get; init; }

    public required DateTimeOffset Created { get; init; }
}

/// <summary>https://docs.stripe.com/api/disputes/object. It names a charge and no customer.</summary>
public sealed record StripeDispute
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
}

/// <summary>https://docs.stripe.com/api/invoice-payment/object</summary>
public sealed record StripeInvoicePayment(string Id, string InvoiceId);

internal sealed record ChargeWire(
    string Id,
    ExpandableId? Customer,
    ExpandableId? PaymentIntent,
    long Amount,
    string Currency,
    long AmountRefunded,
    bool Refunded,
    bool Disputed
)
{
    public StripeCharge Read() =>
        new()
        {
            Id = Id,
            CustomerId = Customer?.Id,
            PaymentIntentId = PaymentIntent?.Id,
            Amount = Amount,
            Currency = Currency,
            AmountRefunded = AmountRefunded,
            IsRefunded = Refunded,
            IsDisputed = Disputed,
        };
}

internal sealed record DisputedChargeWire(ChargeWire Charge);

internal sealed record InvoicePaymentWire(string Id, ExpandableId Invoice);
