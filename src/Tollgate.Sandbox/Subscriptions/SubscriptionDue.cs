using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Entitlements;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>What time does to a subscription: it expires, ends, renews, and is announced before.</summary>
internal static class SubscriptionDue
{
    /// <summary>A renewal's invoice stays a draft for this long, so that it can still be changed.</summary>
    public const long DraftSeconds = 3600;
    private const string Updated = "customer.subscription.updated";

    /// <summary>Stripe expires a subscription whose first invoice stays unpaid for this long.</summary>
    public const long IncompleteSeconds = 23 * 3600;

    public static long? At(JsonObject subscription) =>
        subscription.Text("status") switch
        {
            "incomplete" => subscription.Int("created") + IncompleteSeconds,
            "active" or "past_due" or "unpaid" or "trialing" => Earliest(
                SubscriptionDocument.PeriodEnd(subscription),
                subscription.IntOrNull("cancel_at"),
                PauseCollection.ResumesAt(subscription),
                UpcomingInvoice.AnnouncesAt(subscription),
                Trial.WarnsAt(subscription),
                PendingUpdate.ExpiresAt(subscription)
            ),
            _ => null,
        };

    public static void Run(Transaction tx, JsonObject subscription)
    {
        if (subscription.Text("status") == "incomplete")
        {
            Expire(tx, subscription);
        }
        else if (subscription.IntOrNull("cancel_at") <= tx.Now)
        {
            var reason = subscription.Child("cancellation_details").TextOrNull("reason");
            CancelSubscription.Now(tx, subscription, reason ?? "cancellation_requested");
        }
        else if (PendingUpdate.ExpiresAt(subscription) <= tx.Now)
        {
            PendingUpdate.Expire(tx, subscription);
        }
        else if (PauseCollection.ResumesAt(subscription) <= tx.Now)
        {
            PauseCollection.Resume(tx, subscription);
        }
        else if (UpcomingInvoice.AnnouncesAt(subscription) <= tx.Now)
        {
            UpcomingInvoice.Announce(tx, subscription);
        }
        else if (Trial.WarnsAt(subscription) <= tx.Now)
        {
            Trial.Warn(tx, subscription);
        }
        else if (!Trial.IsOn(subscription) || !Trial.EndsWithoutCard(tx, subscription, subscription))
        {
            Renew(tx, subscription);
        }
    }

    private static long Earliest(long always, params ReadOnlySpan<long?> others)
    {
        var earliest = always;
        foreach (var other in others)
        {
            earliest = Math.Min(earliest, other ?? long.MaxValue);
        }

        return earliest;
    }

    private static void Expire(Transaction tx, JsonObject subscription)
    {
        if (
            subscription.TextOrNull("latest_invoice") is { } id
            && tx.Find(InvoiceDocument.Kind, id) is { } invoice
            && invoice.Text("status") == "open"
        )
        {
            VoidInvoice.Run(tx, invoice);
        }

        tx.Change(
            subscription,
            change =>
            {
                change["status"] = "incomplete_expired";
                change["ended_at"] = tx.Now;
            },
            Updated
        );
    }

    /// <summary>
    /// The period moves at the boundary, before any money arrives; the invoice is charged an hour later.
    /// </summary>
    private static void Renew(Transaction tx, JsonObject subscription)
    {
        var invoiceId = Transaction.NewId("in");
        var start = SubscriptionDocument.PeriodEnd(subscription);
        var planned = ScheduleDue.BeforeRenewal(tx, subscription, start);
        var renewed = tx.Change(
            planned,
            change =>
            {
                change["latest_invoice"] = invoiceId;
                change["status"] = Trial.IsOn(change) ? "active" : change.Text("status");
                SubscriptionDiscounts.DropEnded(tx, change);
                foreach (var item in change.Listed("items"))
                {
                    MovePeriod(tx, change, item, start);
                }
            }
        );
        var paused = PauseCollection.BehaviorOf(renewed);
        var isCollected = renewed.Text("status") != "unpaid" && paused is null;
        var customer = tx.Get("customer", renewed.Text("customer"));
        var draft = InvoiceDocument.Add(
            tx,
            new InvoiceRequest(
                invoiceId,
                customer,
                renewed,
                "subscription_cycle",
                renewed.Text("currency"),
                [
                    .. PendingItems.Take(tx, customer.Id(), renewed.Id(), renewed.Text("currency"), invoiceId),
                    .. renewed
                        .Listed("items")
                        .Select(item => SubscriptionLine.Of(tx, renewed, item, start, item.Int("current_period_end"))),
                ],
                SubscriptionDocument.PeriodStart(subscription),
                start
            )
            {
                AutoAdvance = isCollected,
                FinalizesAt = isCollected ? tx.Now + DraftSeconds : null,
            }
        );
        tx.EmitChange(Updated, subscription, tx.Get(SubscriptionDocument.Kind, renewed.Id()));
        if (planned != subscription)
        {
            RefreshEntitlements.Run(tx, customer.Id());
        }

        if (paused is not null)
        {
            PauseCollection.Settle(tx, draft, paused);
        }
    }

    private static void MovePeriod(Transaction tx, JsonObject subscription, JsonObject item, long start)
    {
        var recurring = item.Child("price").Child("recurring");
        item["current_period_start"] = start;
        item["current_period_end"] = BillingCalendar.BoundaryAfter(
            subscription.Int("billing_cycle_anchor"),
            recurring.Text("interval"),
            (int)recurring.Int("interval_count"),
            start
        );
        SubscriptionDocument.NoteBilled(tx, subscription, item);
    }
}
