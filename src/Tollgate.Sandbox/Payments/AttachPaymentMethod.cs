using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary>Gives a customer a payment method; a test card's name makes a new one.</summary>
internal static class AttachPaymentMethod
{
    public static JsonObject Run(Transaction tx, string idOrName, string customer, string? parameter)
    {
        tx.Get("customer", customer, "customer");
        var method = Resolve(tx, idOrName, parameter);
        if (method.TextOrNull("customer") is { } owner)
        {
            return owner == customer
                ? method
                : throw StripeException.Invalid(
                    "The payment method you provided has already been attached to a customer."
                );
        }

        var card = PaymentMethodDocument.CardOf(method);
        return card is { RefusesAttachment: true, Refusal: { } refusal }
            ? throw ConfirmPayment.Declined(refusal, charge: null, intent: null)
            : tx.Change(method, change => change["customer"] = customer).Announce(tx);
    }

    /// <summary>The payment method with an id, or a new one for the name of a test card.</summary>
    public static JsonObject Resolve(Transaction tx, string idOrName, string? parameter) =>
        TestCard.ByName(idOrName) is { } card
            ? PaymentMethodDocument.Add(tx, card)
            : tx.Get(PaymentMethodDocument.Kind, idOrName, parameter);

    private static JsonObject Announce(this JsonObject method, Transaction tx)
    {
        tx.Emit("payment_method.attached", method);
        return method;
    }
}
