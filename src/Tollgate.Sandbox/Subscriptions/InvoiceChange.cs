using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Entitlements;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>The invoice of a change that is paid at once, and what follows when it is not.</summary>
internal static class InvoiceChange
{
    public static void Run(Transaction tx, JsonObject before, JsonObject after, string paymentBehavior, bool restarts)
    {
        var invoiceId = Transaction.NewId("in");
        var customer = tx.Get("customer", after.Text("customer"));
        var lines = PendingItems.Take(tx, customer.Id(), after.Id(), after.Text("currency"), invoiceId).ToList();
        if (restarts)
        {
            lines.AddRange(
                after
                    .Listed("items")
                    .Select(item =>
                        SubscriptionLine.Of(
                            tx,
                            after,
                            item,
                            item.Int("current_period_start"),
                            item.Int("current_period_end")
                        )
                    )
            );
        }

        if (lines.Count == 0)
        {
            tx.EmitChange("customer.subscription.updated", before, after);
            return;
        }

        var card = CollectInvoice.MethodOf(tx, after);
        var waits =
            paymentBehavior == "pending_if_incomplete"
            && (card is null || !ConfirmPayment.WillPass(tx, card, Presence.OffSession))
            && lines.Sum(line => line.Int("amount")) + customer.Int("balance") > 0;
        var billed = waits
            ? PendingUpdate.Park(tx, before, after, invoiceId)
            : tx.Change(after, change => change["latest_invoice"] = invoiceId);
        tx.EmitChange("customer.subscription.updated", before, billed);
        RefreshEntitlements.Run(tx, billed.Text("customer"));
        Collect(tx, AddInvoice(tx, billed, invoiceId, lines), paymentBehavior);
    }

    /// <summary>The open invoice of a change, of lines that begin and end now.</summary>
    public static JsonObject AddInvoice(
        Transaction tx,
        JsonObject subscription,
        string invoiceId,
        IReadOnlyList<JsonObject> lines
    ) =>
        FinalizeInvoice.Run(
            tx,
            InvoiceDocument.Add(
                tx,
                new InvoiceRequest(
                    invoiceId,
                    tx.Get("customer", subscription.Text("customer")),
                    subscription,
                    "subscription_update",
                    subscription.Text("currency"),
                    lines,
                    tx.Now,
                    tx.Now
                )
            )
        );

    public static void Collect(Transaction tx, JsonObject invoice, string paymentBehavior)
    {
        if (invoice.Int("amount_due") == 0)
        {
            CollectInvoice.MarkPaid(tx, invoice, CollectionCause.Request);
            return;
        }

        if (SendInvoice.Is(invoice))
        {
            SendInvoice.Send(tx, invoice);
            return;
        }

        if (paymentBehavior == "default_incomplete")
        {
            SubscriptionPayment.Await(tx, invoice);
            return;
        }

        var method = CollectInvoice.MethodFor(tx, invoice);
        var outcome = CollectInvoice.Run(tx, invoice, method, Presence.OffSession, CollectionCause.Request);
        if (outcome is not { IsPaid: true } && paymentBehavior == "error_if_incomplete")
        {
            throw outcome is null
                ? StripeException.Invalid(
                    "This customer has no attached payment source or default payment method.",
                    code: "resource_missing"
                )
                : StartSubscription.Refusal(outcome);
        }
    }
}
