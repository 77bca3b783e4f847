using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;

namespace Tollgate.Sandbox.Invoices;

/// <summary>An invoice's own page, reached by a link that cannot be guessed, and paid there.</summary>
internal static class HostedInvoice
{
    /// <summary>The code of a payment that came too late.</summary>
    public const string NotOpen = "invoice_not_open";

    /// <summary>Gives a finalized invoice its page.</summary>
    public static void Publish(Transaction tx, JsonObject invoice)
    {
        invoice["_link"] = Transaction.NewId("test");
        invoice["hosted_invoice_url"] = tx.BaseUrl + Path(invoice);
    }

    /// <summary>Where its page is; null for a draft, and for one of a journal from before there were pages.</summary>
    public static string? Path(JsonObject invoice) => invoice.TextOrNull("_link") is { } link ? $"/i/{link}" : null;

    public static JsonObject? Find(Transaction tx, string link) =>
        tx.With(InvoiceDocument.Kind, "_link", link).FirstOrDefault();

    public static bool IsPayable(JsonObject invoice) =>
        invoice.Text("status") is "open" or "uncollectible" && invoice.Int("amount_remaining") > 0;

    /// <summary>
    /// Pays with a card that the customer typed. Paid or not, it counts as an attempt only if it is the first. A card
    /// that paid is kept; where a subscription is paid, it becomes its default, so that the next renewal takes it.
    /// </summary>
    public static PaymentOutcome Pay(Transaction tx, JsonObject invoice, JsonObject method, Presence presence)
    {
        var customer = invoice.Text("customer");
        if (!ConfirmPayment.WillPass(tx, method, presence, customer))
        {
            // A card that does not pass is not kept; its attempt is.
            return CollectInvoice.Run(tx, invoice, method, presence, CollectionCause.Request)!;
        }

        var kept = AttachPaymentMethod.Run(tx, method.Id(), customer, "payment_method");
        var outcome = CollectInvoice.Run(tx, invoice, kept, presence, CollectionCause.Request)!;
        if (
            InvoiceDocument.SubscriptionOf(invoice) is { } id
            && tx.Find("subscription", id) is { } subscription
            && subscription.Text("status") is not ("canceled" or "incomplete_expired")
        )
        {
            tx.Change(
                subscription,
                change => change["default_payment_method"] = kept.Id(),
                "customer.subscription.updated"
            );
        }

        return outcome;
    }
}
