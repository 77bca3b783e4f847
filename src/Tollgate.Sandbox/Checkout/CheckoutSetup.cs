using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Checkout;

/// <summary>Checkout in <c>setup</c> mode: a card is saved, nothing is sold.</summary>
internal static class CheckoutSetup
{
    public static readonly Param Parameter = Param.Group(
        "setup_intent_data",
        Param.Text("description"),
        Param.Map("metadata")
    );

    private static readonly string[] OfSales =
    [
        "allow_promotion_codes",
        "discounts",
        "line_items",
        "payment_intent_data",
        "subscription_data",
    ];

    public static bool Is(JsonObject session) => session.Text("mode") == "setup";

    /// <exception cref="StripeException">The request sells something.</exception>
    public static void Require(JsonObject input)
    {
        if (OfSales.FirstOrDefault(input.ContainsKey) is { } other)
        {
            throw StripeException.Invalid($"You can not pass `{other}` in `setup` mode.", other);
        }
    }

    /// <summary>Gives a new session its setup intent and takes out what it has no amounts for.</summary>
    public static void Prepare(Transaction tx, JsonObject session, JsonObject input)
    {
        var data = input.ChildOrNull("setup_intent_data") ?? [];
        foreach (var name in (string[])["amount_subtotal", "amount_total", "total_details"])
        {
            session[name] = null;
        }

        session["currency"] = input.TextOrNull("currency");
        session["payment_status"] = "no_payment_required";
        session["setup_intent"] = SetupIntentDocument
            .Add(tx, input.TextOrNull("customer"), data.TextOrNull("description"), Metadata.From(data))
            .Id();
    }

    /// <summary>Saves the card; unless it is saved, the session stays open.</summary>
    public static PaymentOutcome Run(Transaction tx, JsonObject session, CheckoutInput input, JsonObject method)
    {
        var wantsCustomer =
            session.TextOrNull("customer") is not null || session.TextOrNull("customer_creation") == "always";
        var passes =
            PaymentMethodDocument.CardOf(method) is { RefusesAttachment: false }
            && ConfirmPayment.WillSetUp(method, input.Presence);
        var customer = wantsCustomer && passes ? CompleteCheckout.CustomerOf(tx, session, input) : null;
        var intent = tx.Change(
            tx.Get(SetupIntentDocument.Kind, session.Text("setup_intent")),
            change => change["customer"] = customer?.Id() ?? change["customer"]?.DeepClone()
        );
        var outcome = ConfirmSetup.Run(tx, intent, method, input.Presence);
        if (outcome.IsPaid)
        {
            CompleteCheckout.Complete(tx, session, input, customer, static _ => { });
        }

        return outcome;
    }
}
