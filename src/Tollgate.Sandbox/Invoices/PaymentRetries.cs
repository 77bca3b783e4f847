using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>When a failed invoice is tried again, counted from its first failure.</summary>
internal static class PaymentRetries
{
    /// <summary>Sets the next attempt of an invoice that has just failed; false if there is none left.</summary>
    public static bool ScheduleNext(Transaction tx, JsonObject invoice)
    {
        if (
            !invoice.Flag("auto_advance")
            || SendInvoice.Is(invoice)
            || invoice.Text("billing_reason") == "manual"
            || IsForPerson(tx, invoice)
        )
        {
            invoice["next_payment_attempt"] = null;
            return true;
        }

        var first = invoice.IntOrNull("_first_failed_at") ?? tx.Now;
        var done = (int)invoice.Int("_retries");
        invoice["_first_failed_at"] = first;
        if (done >= tx.Options.PaymentRetries.Count)
        {
            invoice["next_payment_attempt"] = null;
            return false;
        }

        invoice["_retries"] = done + 1;
        invoice["next_payment_attempt"] = first + (long)tx.Options.PaymentRetries[done].TotalSeconds;
        return true;
    }

    /// <summary>
    /// A first invoice waits for the person while the subscription is incomplete (it expires then), or while there is
    /// no card at all.
    /// </summary>
    private static bool IsForPerson(Transaction tx, JsonObject invoice) =>
        invoice.Text("billing_reason") == "subscription_create"
        && InvoiceDocument.SubscriptionOf(invoice) is { } id
        && (tx.Get("subscription", id).Text("status") == "incomplete" || CollectInvoice.MethodFor(tx, invoice) is null);
}
