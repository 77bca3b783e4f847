using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary><c>/v1/refunds</c>, by charge or by payment intent.</summary>
internal static class RefundRoutes
{
    private const string Kind = RefundCharge.Kind;

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/refunds",
            Create,
            Param.Int("amount", min: 1),
            Param.Text("charge"),
            Param.Map("metadata"),
            Param.Text("payment_intent"),
            Param.OneOf("reason", "duplicate", "fraudulent", "requested_by_customer")
        ),
        Route.List("/v1/refunds", List, Param.Text("charge"), Param.Text("payment_intent"), Param.Range("created")),
        Route.Get("/v1/refunds/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post("/v1/refunds/{id}", Update, Param.Map("metadata")),
        Route.Post("/v1/refunds/{id}/cancel", Cancel),
    ];

    private static Answer Create(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var refund = RefundCharge.Run(
            tx,
            ChargeOf(tx, input),
            input.IntOrNull("amount"),
            input.TextOrNull("reason"),
            Metadata.From(input)
        );
        return Answer.Ok(refund);
    }

    private static JsonObject ChargeOf(Transaction tx, JsonObject input)
    {
        var (charge, intent) = (input.TextOrNull("charge"), input.TextOrNull("payment_intent"));
        if (intent is null)
        {
            return charge is null
                ? throw StripeException.Invalid(
                    "One of the following params should be provided for this request: payment_intent or charge.",
                    "charge",
                    "parameter_missing"
                )
                : tx.Get(ChargeDocument.Kind, charge, "charge");
        }

        var paid = tx.Get(PaymentIntentDocument.Kind, intent, "payment_intent").TextOrNull("latest_charge");
        if (paid is null || (charge is not null && charge != paid))
        {
            throw StripeException.Invalid(
                $"This PaymentIntent ({intent}) does not have a successful charge to refund.",
                "payment_intent",
                "charge_not_refundable"
            );
        }

        return tx.Get(ChargeDocument.Kind, paid);
    }

    private static Answer List(Call call)
    {
        var (charge, intent) = (call.Input.TextOrNull("charge"), call.Input.TextOrNull("payment_intent"));
        return ListPage.Of(
            call,
            Kind,
            refund =>
                (charge is null || refund.Text("charge") == charge)
                && (intent is null || refund.TextOrNull("payment_intent") == intent)
                && ListPage.InRange(refund, call.Input, "created")
        );
    }

    private static Answer Update(Call call)
    {
        var before = call.Tx.Get(Kind, call.Id);
        var after = call.Tx.Change(before, change => Metadata.Apply(change, call.Input));
        call.Tx.EmitChange("refund.updated", before, after);
        call.Tx.EmitChange("charge.refund.updated", before, after);
        return Answer.Ok(after);
    }

    /// <summary>Only refunds that wait for the customer can be canceled; a card's never do.</summary>
    private static Answer Cancel(Call call)
    {
        var refund = call.Tx.Get(Kind, call.Id);
        throw StripeException.Invalid($"Refund {refund.Id()} cannot be canceled: it has succeeded.");
    }
}
