using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

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
        var bank = Ask(ScriptedCharges.Of(tx).Take(method, intent.TextOrNull("customer")), method, presence);
        if (bank.WantsAuthentication)
        {
            return AskForAuthentication(tx, intent, method);
        }

        var refusal = bank.Refusal;
        var charge = ChargeDocument.Add(tx, intent, method, refusal);
        var after = tx.Amend(
            intent,
            change =>
            {
                change["latest_charge"] = charge.Id();
                change["next_action"] = null;
                change["payment_method"] = refusal is null ? method.Id() : null;
                change["status"] = refusal is null ? "succeeded" : "requires_payment_method";
                change["amount_received"] = refusal is null ? change.Int("amount") : 0;
                change["last_payment_error"] = refusal is null ? null : Error(refusal, charge.Id(), method);
            }
        );
        tx.Emit(refusal is null ? "payment_intent.succeeded" : "payment_intent.payment_failed", after);
        if (refusal is null && presence == Presence.Authenticated)
        {
            tx.Change(tx.Get(PaymentMethodDocument.Kind, method.Id()), change => change["_set_up"] = true);
        }

        OpenDispute.IfCardDoes(tx, charge, method);
        return new PaymentOutcome(after, charge.Id(), refusal, RequiresAction: false);
    }

    /// <summary>Whether a charge would succeed; a test card's answer is known before it is asked.</summary>
    /// <param name="customer">Whose payment it will be, where the card is not yet attached.</param>
    public static bool WillPass(Transaction tx, JsonObject method, Presence presence, string? customer = null) =>
        Ask(ScriptedCharges.Of(tx).Peek(method, customer), method, presence)
            is { Refusal: null, WantsAuthentication: false };

    /// <summary>Whether the bank would ask for 3D Secure.</summary>
    public static bool WillAsk(Transaction tx, JsonObject method, Presence presence) =>
        Ask(ScriptedCharges.Of(tx).Peek(method, customer: null), method, presence).WantsAuthentication;

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

    /// <summary>A script's outcome overrides the card's own.</summary>
    private static (bool WantsAuthentication, CardRefusal? Refusal) Ask(
        CardOutcome? scripted,
        JsonObject method,
        Presence presence
    )
    {
        if (scripted is not null)
        {
            return (scripted == CardOutcome.RequiresAction, scripted.Refusal);
        }

        var card = PaymentMethodDocument.CardOf(method);
        return (NeedsAuthentication(card, method, presence), card.Refusal);
    }

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
                change["next_action"] = NextAction.Of(tx, change);
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
