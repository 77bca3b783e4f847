using System.Text.Json.Nodes;
using Tollgate.Sandbox.Http;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Payments;

/// <summary>How an attempt to pay went: paid, refused by the bank, or waiting for the person's 3D Secure.</summary>
internal sealed record PaymentOutcome(JsonObject Intent, string? ChargeId, CardRefusal? Refusal, bool RequiresAction)
{
    public bool IsPaid => Refusal is null && !RequiresAction;
}

/// <summary>Who is there when the card is charged.</summary>
internal enum Presence
{
    /// <summary>Nobody: a renewal, a retry, a call of the merchant's server.</summary>
    OffSession,

    /// <summary>The cardholder, who can be asked.</summary>
    OnSession,

    /// <summary>The cardholder, who has passed 3D Secure for this payment.</summary>
    Authenticated,
}

/// <summary>Tries to pay a payment intent with a card.</summary>
internal static class ConfirmPayment
{
    public static PaymentOutcome Run(Transaction tx, JsonObject intent, JsonObject method, Presence presence)
    {
        var card = PaymentMethodDocument.CardOf(method);
        if (NeedsAuthentication(card, method, presence))
        {
            return AskForAuthentication(tx, intent, method);
        }

        var charge = ChargeDocument.Add(tx, intent, method, card.Refusal);
        var after = tx.Change(
            intent,
            change =>
            {
                change["latest_charge"] = charge.Id();
                change["next_action"] = null;
                change["payment_method"] = card.Refusal is null ? method.Id() : null;
                change["status"] = card.Refusal is null ? "succeeded" : "requires_payment_method";
                change["amount_received"] = card.Refusal is null ? change.Int("amount") : 0;
                change["last_payment_error"] = card.Refusal is null ? null : Error(card.Refusal, charge.Id(), method);
            }
        );
        tx.Emit(card.Refusal is null ? "payment_intent.succeeded" : "payment_intent.payment_failed", after);
        if (card.Refusal is null && presence == Presence.Authenticated)
        {
            tx.Change(tx.Get(PaymentMethodDocument.Kind, method.Id()), change => change["_set_up"] = true);
        }

        OpenDispute.IfCardDoes(tx, charge, method);
        return new PaymentOutcome(after, charge.Id(), card.Refusal, RequiresAction: false);
    }

    /// <summary>Whether a charge would succeed; a test card's answer is known before it is asked.</summary>
    public static bool WillPass(JsonObject method, Presence presence)
    {
        var card = PaymentMethodDocument.CardOf(method);
        return card.Refusal is null && !NeedsAuthentication(card, method, presence);
    }

    /// <summary>Whether the bank would ask for 3D Secure.</summary>
    public static bool WillAsk(JsonObject method, Presence presence) =>
        NeedsAuthentication(PaymentMethodDocument.CardOf(method), method, presence);

    /// <summary>Whether a card can be saved for later without asking its holder (first).</summary>
    public static bool WillSetUp(JsonObject method, Presence presence) =>
        presence == Presence.Authenticated
        || PaymentMethodDocument.CardOf(method).Authentication
            is not (AuthenticationNeed.Always or AuthenticationNeed.UnlessSetUp);

    /// <summary>Stripe's 402 for a refused card.</summary>
    public static StripeException Declined(CardRefusal refusal, string? charge, JsonObject? intent) =>
        new(402, "card_error", refusal.Message)
        {
            Code = refusal.Code,
            DeclineCode = refusal.DeclineCode,
            Charge = charge,
            Intent = intent is null ? null : Rendering.Publish(intent),
        };

    private static bool NeedsAuthentication(TestCard card, JsonObject method, Presence presence) =>
        presence != Presence.Authenticated
        && card.Authentication switch
        {
            AuthenticationNeed.Always => true,
            AuthenticationNeed.OnSessionOnly => presence == Presence.OnSession,
            AuthenticationNeed.UnlessSetUp => presence == Presence.OnSession || !method.Flag("_set_up"),
            _ => false,
        };

    private static PaymentOutcome AskForAuthentication(Transaction tx, JsonObject intent, JsonObject method)
    {
        var after = tx.Change(
            intent,
            change =>
            {
                change["payment_method"] = method.Id();
                change["status"] = "requires_action";
                change["next_action"] = new JsonObject
                {
                    ["type"] = "use_stripe_sdk",
                    ["use_stripe_sdk"] = new JsonObject { ["type"] = "three_d_secure_redirect" },
                };
            }
        );
        tx.Emit("payment_intent.requires_action", after);
        return new PaymentOutcome(after, ChargeId: null, Refusal: null, RequiresAction: true);
    }

    public static JsonObject Error(CardRefusal refusal, string? charge, JsonObject method) =>
        new()
        {
            ["charge"] = charge,
            ["code"] = refusal.Code,
            ["decline_code"] = refusal.DeclineCode,
            ["doc_url"] = $"https://stripe.com/docs/error-codes/{refusal.Code.Replace('_', '-')}",
            ["message"] = refusal.Message,
            ["payment_method"] = Rendering.Publish(method),
            ["type"] = "card_error",
        };
}
