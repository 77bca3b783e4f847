using System.Text.Json.Nodes;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Invoices;

/// <summary>When a failed invoice is tried again, counted from its first failure.</summary>
internal static class PaymentRetries
{
    /// <summary>Sets the next attempt of an invoice that has just failed; false if there is none left.</summary>
    public static bool ScheduleNext(Transaction tx, JsonObject invoice)
    {
        // A subscription's first invoice is not retried: the subscription waits for the person, and expires.
        if (
            !invoice.Flag("auto_advance")
            || SendInvoice.Is(invoice)
            || invoice.Text("billing_reason") is "subscription_create" or "manual"
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
}
