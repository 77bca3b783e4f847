using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary>
/// <c>POST /v1/payment_intents/{id}/confirm</c>, <c>/capture</c> and <c>/cancel</c>. The intent of an invoice pays that
/// invoice.
/// </summary>
internal static class ConfirmPaymentIntent
{
    private const string Kind = PaymentIntentDocument.Kind;

    private static readonly CardRefusal Unauthenticated = new(
        "authentication_required",
        "authentication_required",
        "Your card was declined. This transaction requires authentication.",
        IsHard: true
    );

    public static readonly Param[] Parameters =
    [
        Param.Flag("error_on_requires_action"),
        // Older versions send true, this one the reason.
        Param.OneOf("off_session", "one_off", "recurring", "true", "false"),
        Param.Text("return_url"),
        Param.Flag("use_stripe_sdk"),
    ];

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/payment_intents/{id}/confirm",
            call => Run(call.Tx, call.Tx.Get(Kind, call.Id), call.Input),
            [
                Param.Text("payment_method"),
                Param.Text("receipt_email"),
                Param.OneOf("setup_future_usage", "off_session", "on_session"),
                .. Parameters,
            ]
        ),
        Route.Post(
            "/v1/payment_intents/{id}/capture",
            call =>
                Answer.Ok(
                    HoldPayment.Capture(call.Tx, call.Tx.Get(Kind, call.Id), call.Input.IntOrNull("amount_to_capture"))
                ),
            Param.Int("amount_to_capture", min: 1)
        ),
        Route.Post(
            "/v1/payment_intents/{id}/cancel",
            Cancel,
            Param.OneOf("cancellation_reason", "abandoned", "duplicate", "fraudulent", "requested_by_customer")
        ),
    ];

    public static Answer Run(Transaction tx, JsonObject intent, JsonObject input)
    {
        RequireOpen(intent, "confirmed");
        var customer = intent.TextOrNull("customer");
        var named = input.TextOrNull("payment_method") ?? intent.TextOrNull("payment_method");
        var method = named is null
            ? throw StripeException.Invalid(
                "You cannot confirm this PaymentIntent because it's missing a payment method. You can update the "
                    + "PaymentIntent with a payment method and confirm it again, or confirm it again directly with "
                    + "a payment method.",
                code: "payment_intent_unexpected_state"
            )
            : MethodFor(tx, named, customer);
        var wanted = tx.Change(
            intent,
            change =>
            {
                Metadata.CopyGiven(change, input, "receipt_email", "setup_future_usage");
                NextAction.NoteReturn(change, input);
            }
        );
        var isAlone = input.TextOrNull("off_session") is "true" or "one_off" or "recurring";
        var presence = isAlone ? Presence.OffSession : Presence.OnSession;
        if ((isAlone || input.Flag("error_on_requires_action")) && ConfirmPayment.WillAsk(tx, method, presence))
        {
            return RefuseUnauthenticated(tx, wanted, method);
        }

        var outcome = Pay(tx, wanted, method, presence);
        if (outcome.Refusal is { } refusal)
        {
            return Answer.Refused(ConfirmPayment.Declined(refusal, outcome.ChargeId, outcome.Intent));
        }

        return Answer.Ok(tx.Get(Kind, intent.Id()));
    }

    /// <summary>The payment method that is named; one of another customer's is refused.</summary>
    public static JsonObject MethodFor(Transaction tx, string idOrName, string? customer)
    {
        var method = AttachPaymentMethod.Resolve(tx, idOrName, "payment_method");
        return method.TextOrNull("customer") is not { } owner || owner == customer
            ? method
            : throw StripeException.Invalid(
                "The provided PaymentMethod was previously attached to a customer. Please include the customer on the "
                    + "PaymentIntent.",
                "payment_method"
            );
    }

    public static void RequireOpen(JsonObject intent, string verb)
    {
        if (intent.Text("status") is "succeeded" or "canceled" or "requires_capture")
        {
            throw StripeException.Invalid(
                $"This PaymentIntent's status is {intent.Text("status")}: it cannot be {verb} any more.",
                code: "payment_intent_unexpected_state"
            );
        }
    }

    /// <summary>Pays what the intent is for, and keeps the card where that is wanted.</summary>
    public static PaymentOutcome Pay(Transaction tx, JsonObject intent, JsonObject method, Presence presence)
    {
        var outcome = Charge(tx, intent, method, presence);
        if (
            outcome.IsPaid
            && intent.TextOrNull("customer") is { } customer
            && intent.TextOrNull("setup_future_usage") is not null
        )
        {
            AttachPaymentMethod.Run(tx, method.Id(), customer, "payment_method");
        }

        return outcome;
    }

    private static PaymentOutcome Charge(Transaction tx, JsonObject intent, JsonObject method, Presence presence) =>
        InvoicePayments.InvoiceOf(tx, intent.Id()) is { } invoice && invoice.Text("status") == "open"
            ? CollectInvoice.Run(tx, invoice, method, presence, CollectionCause.Request)!
        : intent.Text("capture_method") == "manual" ? HoldPayment.Run(tx, intent, method, presence)
        : ConfirmPayment.Run(tx, intent, method, presence);

    private static Answer RefuseUnauthenticated(Transaction tx, JsonObject intent, JsonObject method)
    {
        var charge = ChargeDocument.Add(tx, intent, method, Unauthenticated);
        var refused = tx.Change(
            intent,
            change =>
            {
                change["latest_charge"] = charge.Id();
                change["last_payment_error"] = ConfirmPayment.Error(Unauthenticated, charge.Id(), method);
                change["payment_method"] = null;
                change["status"] = "requires_payment_method";
            }
        );
        tx.Emit("payment_intent.payment_failed", refused);
        return Answer.Refused(ConfirmPayment.Declined(Unauthenticated, charge.Id(), refused));
    }

    private static Answer Cancel(Call call)
    {
        var (tx, intent) = (call.Tx, call.Tx.Get(Kind, call.Id));
        if (intent.Text("status") is "succeeded" or "canceled")
        {
            RequireOpen(intent, "canceled");
        }

        if (InvoicePayments.InvoiceOf(tx, intent.Id()) is { } invoice)
        {
            throw StripeException.Invalid(
                $"You cannot cancel this PaymentIntent because it is used by invoice {invoice.Id()}. Void the invoice.",
                code: "payment_intent_unexpected_state"
            );
        }

        PaymentIntentDocument.Cancel(tx, intent.Id(), call.Input.TextOrNull("cancellation_reason"));
        return Answer.Ok(tx.Get(Kind, intent.Id()));
    }
}
