using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>An open invoice is no longer payable.</summary>
internal static class VoidInvoice
{
    public static JsonObject Run(Transaction tx, JsonObject invoice)
    {
        if (invoice.Text("status") is not ("open" or "uncollectible"))
        {
            throw StripeException.Invalid(
                $"You can only pass in open invoices. This invoice isn't open (status: {invoice.Text("status")})."
            );
        }

        var voided = tx.Change(
            invoice,
            change =>
            {
                change["status"] = "void";
                change["auto_advance"] = false;
                change["next_payment_attempt"] = null;
                change.Child("status_transitions")["voided_at"] = tx.Now;
            },
            "invoice.updated"
        );
        tx.Emit("invoice.voided", voided);
        if (InvoicePayments.OfInvoice(tx, voided.Id()) is { } payment)
        {
            tx.Change(
                payment,
                change =>
                {
                    change["status"] = "canceled";
                    change.Child("status_transitions")["canceled_at"] = tx.Now;
                }
            );
            PaymentIntentDocument.Cancel(tx, payment.Child("payment").Text("payment_intent"), "void_invoice");
        }

        PendingUpdate.DiscardOf(tx, voided);
        return voided;
    }
}
