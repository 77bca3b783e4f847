using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Payments;

/// <summary>Saves a card by a setup intent: done, refused by the bank, or waiting for the person's 3D Secure.</summary>
internal static class ConfirmSetup
{
    public static PaymentOutcome Run(Transaction tx, JsonObject intent, JsonObject method, Presence presence)
    {
        var card = PaymentMethodDocument.CardOf(method);
        if (card is { RefusesAttachment: true, Refusal: { } refusal })
        {
            return Refuse(tx, intent, method, refusal);
        }

        if (!ConfirmPayment.WillSetUp(method, presence))
        {
            return AskForAuthentication(tx, intent, method);
        }

        var saved = tx.Change(method, change => change["_set_up"] = true);
        var customer = intent.TextOrNull("customer");
        if (customer is not null)
        {
            AttachPaymentMethod.Run(tx, saved.Id(), customer, "payment_method");
        }

        var done = tx.Change(
            intent,
            change =>
            {
                change["last_setup_error"] = null;
                change["next_action"] = null;
                change["payment_method"] = method.Id();
                change["status"] = "succeeded";
            }
        );
        tx.Emit("setup_intent.succeeded", done);
        return new PaymentOutcome(done, ChargeId: null, Refusal: null, RequiresAction: false);
    }

    private static PaymentOutcome Refuse(Transaction tx, JsonObject intent, JsonObject method, CardRefusal refusal)
    {
        var refused = tx.Change(
            intent,
            change =>
            {
                var error = ConfirmPayment.Error(refusal, charge: null, method);
                error.Remove("charge");
                change["last_setup_error"] = error;
                change["next_action"] = null;
                change["payment_method"] = null;
                change["status"] = "requires_payment_method";
            }
        );
        tx.Emit("setup_intent.setup_failed", refused);
        return new PaymentOutcome(refused, ChargeId: null, refusal, RequiresAction: false);
    }

    private static PaymentOutcome AskForAuthentication(Transaction tx, JsonObject intent, JsonObject method)
    {
        var asked = tx.Change(
            intent,
            change =>
            {
                change["next_action"] = NextAction.Of(tx, change);
                change["payment_method"] = method.Id();
                change["status"] = "requires_action";
            }
        );
        tx.Emit("setup_intent.requires_action", asked);
        return new PaymentOutcome(asked, ChargeId: null, Refusal: null, RequiresAction: true);
    }
}
