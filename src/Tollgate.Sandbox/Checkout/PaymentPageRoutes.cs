using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Checkout;

/// <summary>
/// The two calls of Stripe's own, undocumented page API that its CLI makes to complete a session
/// (<c>stripe trigger checkout.session.completed</c>).
/// </summary>
internal static class PaymentPageRoutes
{
    private const string Kind = CheckoutSessionRoutes.Kind;

    public static readonly Route[] All =
    [
        Route.Get("/v1/payment_pages/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post(
            "/v1/payment_pages/{id}/confirm",
            Confirm,
            Param.Text("payment_method"),
            Param.Int("expected_amount", min: 0)
        ),
    ];

    private static Answer Confirm(Call call)
    {
        var session = call.Tx.Get(Kind, call.Id);
        var method = call.Input.TextOrNull("payment_method") is { } given
            ? AttachPaymentMethod.Resolve(call.Tx, given, "payment_method")
            : null;
        var outcome = CompleteCheckout.Run(
            call.Tx,
            session,
            new CheckoutInput(method) { ExpectedAmount = call.Input.IntOrNull("expected_amount") }
        );
        return outcome is null or { IsPaid: true }
            ? Answer.Ok(call.Tx.Get(Kind, call.Id))
            : Answer.Refused(CompleteCheckout.Refusal(outcome));
    }
}
