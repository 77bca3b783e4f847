using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary>The cardholder answers the bank's 3D Secure for an intent that waits for it.</summary>
internal static class Authenticate
{
    /// <summary>Passed: the intent goes on, and may still be refused.</summary>
    public static JsonObject Pass(Transaction tx, JsonObject intent)
    {
        var method = tx.Get(PaymentMethodDocument.Kind, intent.Text("payment_method"));
        if (intent.Kind() == SetupIntentDocument.Kind)
        {
            ConfirmSetup.Run(tx, intent, method, Presence.Authenticated);
        }
        else
        {
            ConfirmPaymentIntent.Pay(tx, intent, method, Presence.Authenticated);
        }

        return tx.Get(intent.Kind(), intent.Id());
    }

    /// <summary>Failed: it waits for another card. No charge was made.</summary>
    public static JsonObject Fail(Transaction tx, JsonObject intent)
    {
        var isSetup = intent.Kind() == SetupIntentDocument.Kind;
        var method = tx.Get(PaymentMethodDocument.Kind, intent.Text("payment_method"));
        var code = isSetup ? "setup_intent_authentication_failure" : "payment_intent_authentication_failure";
        var failed = tx.Change(
            intent,
            change =>
            {
                change[isSetup ? "last_setup_error" : "last_payment_error"] = new JsonObject
                {
                    ["code"] = code,
                    ["doc_url"] = $"https://stripe.com/docs/error-codes/{code.Replace('_', '-')}",
                    ["message"] =
                        "We are unable to authenticate your payment method. Please choose a different payment method "
                        + "and try again.",
                    ["payment_method"] = Rendering.Publish(method),
                    ["type"] = "invalid_request_error",
                };
                change["next_action"] = null;
                change["payment_method"] = null;
                change["status"] = "requires_payment_method";
            }
        );
        tx.Emit(isSetup ? "setup_intent.setup_failed" : "payment_intent.payment_failed", failed);
        if (InvoicePayments.InvoiceOf(tx, intent.Id()) is { } invoice && invoice.Text("status") == "open")
        {
            // The attempt that asked for it was counted then.
            tx.Emit("invoice.payment_failed", invoice);
        }

        return failed;
    }
}
