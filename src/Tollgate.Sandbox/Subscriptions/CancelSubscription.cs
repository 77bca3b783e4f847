using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Entitlements;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>A subscription ends for good.</summary>
internal static class CancelSubscription
{
    /// <summary>Ends it at this second.</summary>
    /// <param name="reason">Stripe's <c>cancellation_details.reason</c>.</param>
    public static JsonObject Now(
        Transaction tx,
        JsonObject subscription,
        string reason,
        Action<JsonObject>? alsoChange = null
    )
    {
        StopInvoices(tx, subscription.Id());
        var ended = tx.Change(
            subscription,
            change =>
            {
                change["status"] = "canceled";
                change["canceled_at"] = change["canceled_at"]?.DeepClone() ?? tx.Now;
                change["ended_at"] = tx.Now;
                change.Child("cancellation_details")["reason"] = reason;
                alsoChange?.Invoke(change);
            }
        );
        tx.Emit("customer.subscription.deleted", ended);
        AttachedSchedule.End(tx, ended, reason);
        RefreshEntitlements.Run(tx, ended.Text("customer"));
        return tx.Get(SubscriptionDocument.Kind, ended.Id());
    }

    /// <summary>Ends it at this second and settles its money, as far as is asked for.</summary>
    /// <param name="prorate">Unused time becomes a credit that waits for an invoice.</param>
    /// <param name="invoiceNow">What waits is invoiced; less than nothing goes to the customer's balance.</param>
    public static JsonObject AndSettle(
        Transaction tx,
        JsonObject subscription,
        bool prorate,
        bool invoiceNow,
        JsonObject? details
    )
    {
        if (prorate && !Trial.IsOn(subscription) && subscription.Text("status") != "incomplete")
        {
            ProrateItems.CreditAll(tx, subscription);
        }

        var invoiceId = Transaction.NewId("in");
        var lines = invoiceNow
            ? PendingItems.Take(
                tx,
                subscription.Text("customer"),
                subscription.Id(),
                subscription.Text("currency"),
                invoiceId
            )
            : [];
        var ended = Now(
            tx,
            subscription,
            "cancellation_requested",
            change =>
            {
                Metadata.CopyGiven(change.Child("cancellation_details"), details ?? [], "comment", "feedback");
                change["latest_invoice"] = lines.Count > 0 ? invoiceId : change["latest_invoice"]?.DeepClone();
            }
        );
        if (lines.Count > 0)
        {
            InvoiceChange.Collect(tx, InvoiceChange.AddInvoice(tx, ended, invoiceId, lines), "allow_incomplete");
        }

        return tx.Get(SubscriptionDocument.Kind, ended.Id());
    }

    /// <summary>Open and draft invoices stay as they are, but Stripe no longer tries to collect them.</summary>
    private static void StopInvoices(Transaction tx, string subscription)
    {
        var unsettled = tx.With(InvoiceDocument.Kind, "subscription", subscription)
            .Where(invoice => invoice.Text("status") is ("open" or "draft"))
            .ToList();
        foreach (var invoice in unsettled)
        {
            tx.Change(
                invoice,
                change =>
                {
                    change["auto_advance"] = false;
                    change["automatically_finalizes_at"] = null;
                    change["next_payment_attempt"] = null;
                }
            );
        }
    }
}
