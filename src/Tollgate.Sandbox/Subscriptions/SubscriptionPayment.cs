using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Entitlements;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>What an invoice's fate means for its subscription.</summary>
internal static class SubscriptionPayment
{
    private const string Updated = "customer.subscription.updated";

    private static readonly string[] AskedWhenPaid =
    [
        "default_payment_method",
        "latest_invoice",
        "payment_settings",
        "pending_update",
        "status",
    ];

    public static void Paid(Transaction tx, JsonObject invoice)
    {
        // Most subscriptions stay as they are.
        if (
            InvoiceDocument.SubscriptionOf(invoice) is not { } id
            || tx.Glance(SubscriptionDocument.Kind, id, AskedWhenPaid) is not { } seen
        )
        {
            return;
        }

        var isLatest = seen.TextOrNull("latest_invoice") == invoice.Id();
        if (isLatest && PendingUpdate.IsWaiting(seen))
        {
            PendingUpdate.Apply(tx, tx.Get(SubscriptionDocument.Kind, id));
            return;
        }

        var status = seen.Text("status");
        var recovers = isLatest && status is ("incomplete" or "past_due" or "unpaid" or "paused");
        var card = PaymentSettings.NewDefault(tx, seen, invoice);
        if (!recovers && card is null)
        {
            return;
        }

        var after = tx.Change(
            tx.Get(SubscriptionDocument.Kind, id),
            change =>
            {
                change["status"] = recovers ? "active" : status;
                change["default_payment_method"] = card ?? change.TextOrNull("default_payment_method");
            },
            Updated
        );
        if (recovers && status == "paused")
        {
            tx.Emit("customer.subscription.resumed", after);
        }

        if (recovers)
        {
            RefreshEntitlements.Run(tx, after.Text("customer"));
        }
    }

    /// <summary>An attempt failed.</summary>
    /// <param name="isLast">No automatic attempt is left.</param>
    public static void Failed(Transaction tx, JsonObject invoice, bool isLast)
    {
        if (Of(tx, invoice) is not { } subscription)
        {
            return;
        }

        if (PendingUpdate.IsWaiting(subscription) && subscription.TextOrNull("latest_invoice") == invoice.Id())
        {
            // The change did not come about; what is paid stays paid.
            return;
        }

        if (SendInvoice.Is(invoice))
        {
            // A card that was tried on the invoice's page changes nothing before the due date.
            return;
        }

        if (subscription.Text("status") == "active")
        {
            tx.Change(subscription, change => change["status"] = "past_due", Updated);
        }

        if (isLast)
        {
            GiveUp(tx, invoice);
        }
    }

    /// <summary>A change's invoice waits for the customer (<c>default_incomplete</c>), or one is overdue.</summary>
    public static void Await(Transaction tx, JsonObject invoice)
    {
        if (Of(tx, invoice) is { } subscription && subscription.Text("status") == "active")
        {
            tx.Change(subscription, change => change["status"] = "past_due", Updated);
        }
    }

    /// <summary>The account's setting for what follows the last failed attempt.</summary>
    public static void GiveUp(Transaction tx, JsonObject invoice)
    {
        if (Of(tx, invoice) is not { } subscription || subscription.Text("status") is not ("past_due" or "active"))
        {
            return;
        }

        switch (tx.Options.AfterLastRetry)
        {
            case AfterLastRetry.Cancel:
                CancelSubscription.Now(tx, subscription, "payment_failed");
                break;
            case AfterLastRetry.MarkUnpaid:
                tx.Change(subscription, change => change["status"] = "unpaid", Updated);
                RefreshEntitlements.Run(tx, subscription.Text("customer"));
                break;
            default:
                break;
        }
    }

    private static JsonObject? Of(Transaction tx, JsonObject invoice) =>
        InvoiceDocument.SubscriptionOf(invoice) is { } id ? tx.Find(SubscriptionDocument.Kind, id) : null;
}
