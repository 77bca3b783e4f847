using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary>Reading payment intents and charges; a charge's own words can be changed.</summary>
internal static class PaymentIntentRoutes
{
    public static readonly Route[] All =
    [
        Route.List(
            "/v1/payment_intents",
            call => List(call, PaymentIntentDocument.Kind),
            Param.Text("customer"),
            Param.Range("created")
        ),
        Route.Get("/v1/payment_intents/{id}", call => Answer.Ok(call.Tx.Get(PaymentIntentDocument.Kind, call.Id))),
        Route.List(
            "/v1/charges",
            call => List(call, ChargeDocument.Kind),
            Param.Text("customer"),
            Param.Text("payment_intent"),
            Param.Range("created")
        ),
        Route.Get("/v1/charges/{id}", call => Answer.Ok(call.Tx.Get(ChargeDocument.Kind, call.Id))),
        Route.Post(
            "/v1/charges/{id}",
            UpdateCharge,
            Param.Text("description"),
            Param.Map("metadata"),
            Param.Text("receipt_email")
        ),
    ];

    private static Answer UpdateCharge(Call call) =>
        Answer.Ok(
            call.Tx.Change(
                call.Tx.Get(ChargeDocument.Kind, call.Id),
                change =>
                {
                    Metadata.CopyGiven(change, call.Input, "description", "receipt_email");
                    Metadata.Apply(change, call.Input);
                },
                "charge.updated"
            )
        );

    private static Answer List(Call call, string kind)
    {
        var customer = call.Input.TextOrNull("customer");
        var intent = call.Input.TextOrNull("payment_intent");
        return ListPage.Of(
            call,
            kind,
            document =>
                (customer is null || document.TextOrNull("customer") == customer)
                && (intent is null || document.TextOrNull("payment_intent") == intent)
                && ListPage.InRange(document, call.Input, "created")
        );
    }
}
