using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>What ties an invoice to its payment intent.</summary>
internal static class InvoicePayments
{
    public const string Kind = "invoice_payment";

    /// <summary>Adds the payment that a finalized invoice names.</summary>
    public static JsonObject Add(Transaction tx, JsonObject invoice, string intent) =>
        tx.Add(
            new JsonObject
            {
                ["id"] = invoice.Text("_payment"),
                ["object"] = Kind,
                ["amount_paid"] = null,
                ["amount_requested"] = invoice.Int("amount_due"),
                ["created"] = tx.Now,
                ["currency"] = invoice.Text("currency"),
                ["invoice"] = invoice.Id(),
                ["is_default"] = true,
                ["livemode"] = false,
                ["payment"] = new JsonObject { ["payment_intent"] = intent, ["type"] = "payment_intent" },
                ["status"] = "open",
                ["status_transitions"] = new JsonObject { ["canceled_at"] = null, ["paid_at"] = null },
            }
        );

    public static JsonObject? OfInvoice(Transaction tx, string invoice) =>
        tx.Find(InvoiceDocument.Kind, invoice)?.TextOrNull("_payment") is { } id ? tx.Find(Kind, id) : null;

    public static JsonObject? IntentOf(Transaction tx, string invoice) =>
        OfInvoice(tx, invoice)?.Child("payment").TextOrNull("payment_intent") is { } id
            ? tx.Find(PaymentIntentDocument.Kind, id)
            : null;

    /// <summary>The invoice that a payment intent pays; null if it pays none.</summary>
    public static JsonObject? InvoiceOf(Transaction tx, string intent) =>
        tx.With(Kind, "of_intent", intent).FirstOrDefault() is { } payment
            ? tx.Find(InvoiceDocument.Kind, payment.Text("invoice"))
            : null;

    public static JsonNode Embedded(Transaction tx, JsonObject invoice)
    {
        var payment = OfInvoice(tx, invoice.Id());
        return ListPage.Embedded(
            payment is null ? [] : [payment.Copy()],
            $"/v1/invoice_payments?invoice={invoice.Id()}"
        );
    }

    public static JsonNode? ConfirmationSecret(Transaction tx, JsonObject invoice) =>
        IntentOf(tx, invoice.Id()) is { } intent
            ? new JsonObject { ["client_secret"] = intent.Text("client_secret"), ["type"] = "payment_intent" }
            : null;
}
