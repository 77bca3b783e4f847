using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Subscriptions;

namespace Tollgate.Sandbox.Invoices;

/// <summary>What time does to an invoice: a draft is finalized and charged, an open one is charged again.</summary>
internal static class InvoiceDue
{
    public static long? At(JsonObject invoice) =>
        invoice.Text("status") switch
        {
            "draft" when invoice.Flag("auto_advance") => invoice.IntOrNull("automatically_finalizes_at"),
            "open" => invoice.IntOrNull("next_payment_attempt") ?? SendInvoice.OverdueAt(invoice),
            _ => null,
        };

    public static void Run(Transaction tx, JsonObject invoice)
    {
        if (invoice.Text("status") == "draft")
        {
            FinalizeAndCollect(tx, invoice);
            return;
        }

        if (SendInvoice.Is(invoice))
        {
            SendInvoice.MarkOverdue(tx, invoice);
            return;
        }

        var method = CollectInvoice.MethodFor(tx, invoice);
        if (invoice.Flag("_refused_hard") && method?.Id() == invoice.TextOrNull("_refused_method"))
        {
            Skip(tx, invoice);
            return;
        }

        CollectInvoice.Run(tx, invoice, method, Presence.OffSession, CollectionCause.Schedule);
    }

    private static void FinalizeAndCollect(Transaction tx, JsonObject draft)
    {
        var invoice = FinalizeInvoice.Run(tx, draft);
        if (invoice.Int("amount_due") == 0)
        {
            CollectInvoice.MarkPaid(tx, invoice, CollectionCause.Schedule);
        }
        else if (SendInvoice.Is(invoice))
        {
            SendInvoice.Send(tx, invoice);
        }
        else
        {
            var method = CollectInvoice.MethodFor(tx, invoice);
            CollectInvoice.Run(tx, invoice, method, Presence.OffSession, CollectionCause.Schedule);
        }
    }

    /// <summary>
    /// After a hard decline the schedule goes on, but nothing is charged until there is another card.
    /// </summary>
    private static void Skip(Transaction tx, JsonObject invoice)
    {
        var isLast = false;
        var skipped = tx.Change(
            invoice,
            change => isLast = !PaymentRetries.ScheduleNext(tx, change),
            "invoice.updated"
        );
        if (isLast)
        {
            SubscriptionPayment.GiveUp(tx, skipped);
        }
    }
}
