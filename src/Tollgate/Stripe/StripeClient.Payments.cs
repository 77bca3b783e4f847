using Sdk = global::Stripe;

namespace Tollgate.Stripe;

internal sealed partial class StripeClient
{
    public Task<StripeAnswer<StripeInvoice>> GetInvoice(string id, CancellationToken cancellationToken) =>
        calls.Ask(V1.Invoices, id, options: null, StripeInvoice.Of, cancellationToken);

    /// <summary>An open invoice is not due any more; a change that waited for it does not come about.</summary>
    public Task<StripeAnswer<StripeInvoice>> VoidInvoice(
        string id,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.Invoices.VoidInvoiceAsync,
            id,
            new Sdk.InvoiceVoidOptions(),
            StripeInvoice.Of,
            cancellationToken
        );

    /// <summary>A draft becomes an open invoice with a page; nothing is charged by it.</summary>
    public Task<StripeAnswer<StripeInvoice>> FinalizeInvoice(
        string id,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.Invoices.FinalizeInvoiceAsync,
            id,
            new Sdk.InvoiceFinalizeOptions { AutoAdvance = false },
            StripeInvoice.Of,
            cancellationToken
        );

    /// <summary>All of a subscription's, newest first.</summary>
    /// <param name="status"><c>draft</c>, <c>open</c>, <c>paid</c>, <c>uncollectible</c>, <c>void</c>; null for
    /// any.</param>
    public Task<StripeAnswer<IReadOnlyList<StripeInvoice>>> ListInvoices(
        string subscriptionId,
        string? status,
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.Invoices.ListAsync,
            new Sdk.InvoiceListOptions { Subscription = subscriptionId, Status = status },
            StripeInvoice.Of,
            cancellationToken
        );

    /// <summary>
    /// The invoice that a change would make: the one it makes at once, or else the next one with the change in it.
    /// Nothing is changed by asking. Null asks for the next invoice as things are.
    /// </summary>
    public Task<StripeAnswer<StripeInvoice>> PreviewInvoice(
        string subscriptionId,
        SubscriptionItemChange? change,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            IdempotencyKey.Unrepeated(),
            V1.Invoices.CreatePreviewAsync,
            new Sdk.InvoiceCreatePreviewOptions
            {
                Subscription = subscriptionId,
                SubscriptionDetails = change?.ToPreview(),
            },
            StripeInvoice.Of,
            cancellationToken
        );

    /// <summary>All of a customer's, failed ones too, newest first.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeCharge>>> ListCharges(
        string customerId,
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.Charges.ListAsync,
            new Sdk.ChargeListOptions { Customer = customerId },
            StripeCharge.Of,
            cancellationToken
        );

    /// <summary>All of a charge's, newest first.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeRefund>>> ListRefunds(
        string chargeId,
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.Refunds.ListAsync,
            new Sdk.RefundListOptions { Charge = chargeId },
            StripeRefund.Of,
            cancellationToken
        );

    /// <summary>All of a charge's, newest first.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeDispute>>> ListDisputes(
        string chargeId,
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.Disputes.ListAsync,
            new Sdk.DisputeListOptions { Charge = chargeId },
            StripeDispute.Of,
            cancellationToken
        );

    /// <summary>The charge that a dispute is about, which alone says whose it is.</summary>
    public Task<StripeAnswer<StripeCharge>> GetDisputedCharge(string disputeId, CancellationToken cancellationToken) =>
        calls.Ask(
            V1.Disputes,
            disputeId,
            new Sdk.DisputeGetOptions { Expand = ["charge"] },
            static (dispute, at) => StripeCharge.Of(dispute.Charge, at.At("charge")),
            cancellationToken
        );

    /// <summary>The charge that a refund gave back, which alone says whose it is.</summary>
    public Task<StripeAnswer<StripeCharge>> GetRefundedCharge(string refundId, CancellationToken cancellationToken) =>
        calls.Ask(
            V1.Refunds,
            refundId,
            new Sdk.RefundGetOptions { Expand = ["charge"] },
            static (refund, at) => StripeCharge.Of(refund.Charge, at.At("charge")),
            cancellationToken
        );

    /// <summary>What ties a payment intent to invoices: as a rule one, none for a payment by itself.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeInvoicePayment>>> ListInvoicePayments(
        string paymentIntentId,
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.InvoicePayments.ListAsync,
            new Sdk.InvoicePaymentListOptions
            {
                Payment = new() { Type = "payment_intent", PaymentIntent = paymentIntentId },
            },
            StripeInvoicePayment.Of,
            cancellationToken
        );
}
