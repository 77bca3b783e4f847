namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    /// <summary>All of a customer's, failed ones too, newest first.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeCharge>>> ListCharges(
        string customerId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/charges",
            id: null,
            query => query.Add("customer", customerId),
            StripeJson.Default.ListWireChargeWire,
            wire => wire.Read(),
            charge => charge.Id,
            cancellationToken
        );

    /// <summary>All of a charge's, newest first.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeRefund>>> ListRefunds(
        string chargeId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/refunds",
            id: null,
            query => query.Add("charge", chargeId),
            StripeJson.Default.ListWireStripeRefund,
            refund => refund,
            refund => refund.Id,
            cancellationToken
        );

    /// <summary>All of a charge's, newest first.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeDispute>>> ListDisputes(
        string chargeId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/disputes",
            id: null,
            query => query.Add("charge", chargeId),
            StripeJson.Default.ListWireStripeDispute,
            dispute => dispute,
            dispute => dispute.Id,
            cancellationToken
        );

    /// <summary>The charge that a dispute is about, which alone says whose it is.</summary>
    public Task<StripeAnswer<StripeCharge>> GetDisputedCharge(string disputeId, CancellationToken cancellationToken) =>
        GetChargeOf("/v1/disputes/{id}", disputeId, cancellationToken);

    /// <summary>The charge that a refund gave back, which alone says whose it is.</summary>
    public Task<StripeAnswer<StripeCharge>> GetRefundedCharge(string refundId, CancellationToken cancellationToken) =>
        GetChargeOf("/v1/refunds/{id}", refundId, cancellationToken);

    private Task<StripeAnswer<StripeCharge>> GetChargeOf(string route, string id, CancellationToken cancellationToken)
    {
        var query = new FormWriter();
        query.Add("expand", ["charge"]);
        return Send(
            StripeRequest.Get(route, id, query),
            StripeJson.Default.DisputedChargeWire,
            wire => wire.Charge.Read(),
            cancellationToken
        );
    }

    /// <summary>What ties a payment intent to invoices: as a rule one, none for a payment by itself.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeInvoicePayment>>> ListInvoicePayments(
        string paymentIntentId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/invoice_payments",
            id: null,
            query =>
            {
                var payment = query.At("payment");
                payment.Add("type", "payment_intent");
                payment.Add("payment_intent", paymentIntentId);
            },
            StripeJson.Default.ListWireInvoicePaymentWire,
            wire => new StripeInvoicePayment(wire.Id, wire.Invoice.Id),
            payment => payment.Id,
            cancellationToken
        );
}
