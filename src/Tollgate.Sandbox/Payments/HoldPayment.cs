using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary><c>capture_method=manual</c>: the bank holds the amount until it is captured or let go.</summary>
internal static class HoldPayment
{
    /// <summary>Holds the amount; a card that refuses or asks does so as for a payment.</summary>
    public static PaymentOutcome Run(Transaction tx, JsonObject intent, JsonObject method, Presence presence)
    {
        if (!ConfirmPayment.WillPass(tx, method, presence))
        {
            return ConfirmPayment.Run(tx, intent, method, presence);
        }

        var charge = ChargeDocument.Add(tx, intent, method, refusal: null);
        var held = tx.Change(
            intent,
            change =>
            {
                change["amount_capturable"] = change.Int("amount");
                change["latest_charge"] = charge.Id();
                change["last_payment_error"] = null;
                change["next_action"] = null;
                change["payment_method"] = method.Id();
                change["status"] = "requires_capture";
            }
        );
        tx.Emit("payment_intent.amount_capturable_updated", held);
        return new PaymentOutcome(held, charge.Id(), Refusal: null, RequiresAction: false);
    }

    /// <summary>Takes what was held, or a part of it; the rest is let go.</summary>
    public static JsonObject Capture(Transaction tx, JsonObject intent, long? amount)
    {
        if (intent.Text("status") != "requires_capture")
        {
            throw StripeException.Invalid(
                "This PaymentIntent could not be captured because it has a status of "
                    + $"{intent.Text("status")}. Only a PaymentIntent with one of the following statuses may be "
                    + "captured: requires_capture.",
                code: "payment_intent_unexpected_state"
            );
        }

        var taken = amount ?? intent.Int("amount_capturable");
        Currencies.RequireWhole(taken, intent.Text("currency"), "amount_to_capture");
        if (taken > intent.Int("amount_capturable"))
        {
            throw StripeException.Invalid(
                "The requested capture amount is greater than the amount you can capture for this charge.",
                "amount_to_capture",
                "amount_too_large"
            );
        }

        var charge = tx.Change(
            tx.Get(ChargeDocument.Kind, intent.Text("latest_charge")),
            change =>
            {
                change["amount_captured"] = taken;
                change["amount_refunded"] = change.Int("amount") - taken;
                change["captured"] = true;
            }
        );
        tx.Emit("charge.captured", charge);
        var after = tx.Change(
            intent,
            change =>
            {
                change["amount_capturable"] = 0;
                change["amount_received"] = taken;
                change["status"] = "succeeded";
            }
        );
        tx.Emit("payment_intent.succeeded", after);
        OpenDispute.IfCardDoes(tx, charge, tx.Get(PaymentMethodDocument.Kind, intent.Text("payment_method")));
        return after;
    }

    /// <summary>What was held is let go when the payment is canceled.</summary>
    public static void Release(Transaction tx, JsonObject intent)
    {
        if (intent.TextOrNull("latest_charge") is { } id && intent.Text("status") == "requires_capture")
        {
            var charge = tx.Get(ChargeDocument.Kind, id);
            var released = tx.Change(
                charge,
                change =>
                {
                    change["amount_refunded"] = change.Int("amount");
                    change["refunded"] = true;
                }
            );
            tx.EmitChange("charge.refunded", charge, released);
        }
    }
}
