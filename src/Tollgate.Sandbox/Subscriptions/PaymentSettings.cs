using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary><c>payment_settings</c>: whether the card that pays an invoice becomes the default.</summary>
internal static class PaymentSettings
{
    private const string Name = "payment_settings";
    private const string Save = "save_default_payment_method";

    public static readonly Param Parameter = Param.Group(
        Name,
        Param.OneOf(Save, "off", "on_subscription"),
        // Cards are all there is.
        Param.Texts("payment_method_types")
    );

    public static void Apply(JsonObject subscription, JsonObject input)
    {
        if (input.ChildOrNull(Name) is { } given)
        {
            Metadata.CopyGiven(subscription.Child(Name), given, Save, "payment_method_types");
        }
    }

    /// <summary>The card that paid, where it is to be the default and is not yet; else null.</summary>
    public static string? NewDefault(Transaction tx, JsonObject subscription, JsonObject invoice) =>
        subscription.Child(Name).TextOrNull(Save) == "on_subscription"
        && InvoicePayments.IntentOf(tx, invoice.Id())?.TextOrNull("payment_method") is { } card
        && card != subscription.TextOrNull("default_payment_method")
            ? card
            : null;
}
