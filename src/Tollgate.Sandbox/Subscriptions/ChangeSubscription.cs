using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Entitlements;
using Tollgate.Sandbox.Http;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.State;
using Tollgate.Sandbox.Time;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// Updates a subscription: items with proration, cancellation at the end and its undoing, card, metadata.
/// </summary>
internal static class ChangeSubscription
{
    private const string Updated = "customer.subscription.updated";

    public static JsonObject Run(Transaction tx, JsonObject before, JsonObject input)
    {
        RequireChangeable(before, input);
        AttachedSchedule.RequireFree(tx, before, input);
        if (input.TextOrNull("payment_behavior") == "pending_if_incomplete")
        {
            PendingUpdate.RequireSupported(input);
        }

        var isItemChange = false;
        var restarts = false;
        var after = tx.Change(
            before,
            change =>
            {
                ApplyPlain(tx, change, input);
                CancelTime.Apply(tx, change, input);
                PauseCollection.Apply(tx, change, input);
                restarts = Trial.Apply(tx, change, input);
                if (input["items"] is JsonArray)
                {
                    ItemChanges.Apply(tx, change, [.. input.Each("items")]);
                    isItemChange = ItemsDiffer(before, change);
                    // While a trial runs its end is the only boundary.
                    restarts |= !Trial.IsOn(change) && Interval(before) != Interval(change);
                }

                if (input.ChildOrNull("billing_cycle_anchor")?.TextOrNull("type") == "now")
                {
                    restarts = true;
                }

                if (restarts)
                {
                    RestartPeriods(change, tx.Now);
                }
            }
        );
        AttachedSchedule.FollowItems(tx, after);
        return isItemChange || restarts
            ? Bill(tx, before, after, input, restarts)
            : BillCancellation(tx, before, after, input);
    }

    private static JsonObject BillCancellation(Transaction tx, JsonObject before, JsonObject after, JsonObject input)
    {
        var behavior = input.TextOrNull("proration_behavior") ?? "create_prorations";
        if (behavior != "none" && CancelTime.Prorate(tx, before, after) && behavior == "always_invoice")
        {
            InvoiceNow(tx, before, after, input.TextOrNull("payment_behavior") ?? "allow_incomplete", restarts: false);
            return tx.Get(SubscriptionDocument.Kind, after.Id());
        }

        tx.EmitChange(Updated, before, after);
        return after;
    }

    private static JsonObject Bill(Transaction tx, JsonObject before, JsonObject after, JsonObject input, bool restarts)
    {
        var behavior = input.TextOrNull("proration_behavior") ?? "create_prorations";
        if (behavior != "none" && !Trial.IsOn(before))
        {
            var at = ProrationDate(tx, before, input);
            // Debits note what they billed on the new version's items.
            var noted = after.Copy();
            ProrateItems.Run(tx, before, noted, at, restarts);
            after = tx.Change(after, change => change["items"] = noted["items"]!.DeepClone());
        }

        if (restarts)
        {
            after = tx.Change(
                after,
                change =>
                    change.Listed("items").ToList().ForEach(item => SubscriptionDocument.NoteBilled(tx, change, item))
            );
        }

        var fromFree = Total(before) == 0 && Total(after) > 0 && behavior != "none" && !Trial.IsOn(after);
        if (behavior != "always_invoice" && !restarts && !fromFree)
        {
            tx.EmitChange(Updated, before, after);
            RefreshEntitlements.Run(tx, after.Text("customer"));
            return tx.Get(SubscriptionDocument.Kind, after.Id());
        }

        InvoiceNow(tx, before, after, input.TextOrNull("payment_behavior") ?? "allow_incomplete", restarts);
        return tx.Get(SubscriptionDocument.Kind, after.Id());
    }

    private static void InvoiceNow(
        Transaction tx,
        JsonObject before,
        JsonObject after,
        string paymentBehavior,
        bool restarts
    )
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
            tx.EmitChange(Updated, before, after);
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
        tx.EmitChange(Updated, before, billed);
        RefreshEntitlements.Run(tx, billed.Text("customer"));
        var draft = InvoiceDocument.Add(
            tx,
            new InvoiceRequest(
                invoiceId,
                customer,
                billed,
                "subscription_update",
                billed.Text("currency"),
                lines,
                tx.Now,
                tx.Now
            )
        );
        CollectNow(tx, FinalizeInvoice.Run(tx, draft), paymentBehavior);
    }

    private static void CollectNow(Transaction tx, JsonObject invoice, string paymentBehavior)
    {
        if (invoice.Int("amount_due") == 0)
        {
            CollectInvoice.MarkPaid(tx, invoice, CollectionCause.Request);
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

    private static void RequireChangeable(JsonObject subscription, JsonObject input)
    {
        string[] always = ["metadata", "cancellation_details", "expand"];
        var allowed = subscription.Text("status") switch
        {
            "canceled" or "incomplete_expired" => always,
            "incomplete" => [.. always, "default_payment_method", "description"],
            _ => null,
        };
        if (PendingUpdate.IsWaiting(subscription) && (input.ContainsKey("items") || input.ContainsKey("trial_end")))
        {
            throw StripeException.Invalid(
                "This subscription has a pending update: pay its latest invoice first.",
                "items"
            );
        }

        if (input.ContainsKey("items") && CancelTime.IsWithinPeriod(subscription))
        {
            throw StripeException.Invalid(
                "The Sandbox does not have changes of items while `cancel_at` lies within the current period.",
                "items"
            );
        }

        if (allowed is not null && input.Any(given => !allowed.Contains(given.Key, StringComparer.Ordinal)))
        {
            throw StripeException.Invalid(
                subscription.Text("status") == "incomplete"
                    ? "This subscription is incomplete: only its metadata and default payment method can be updated "
                        + "until its first invoice is paid."
                    : "A canceled subscription can only update its cancellation_details and metadata."
            );
        }
    }

    public static void ApplyPlain(Transaction tx, JsonObject subscription, JsonObject input)
    {
        Metadata.Apply(subscription, input);
        Metadata.CopyGiven(subscription, input, "description");
        if (input.ContainsKey("default_payment_method"))
        {
            subscription["default_payment_method"] = OwnPaymentMethod.Of(
                tx,
                input.TextOrNull("default_payment_method"),
                subscription.Text("customer")
            );
        }

        if (input.ContainsKey("discounts"))
        {
            var grants = Redemption.Read(tx, input, subscription.Text("customer"), subtotal: null);
            SubscriptionDiscounts.Set(tx, subscription, grants);
        }

        if (input.ChildOrNull("cancellation_details") is { } details)
        {
            Metadata.CopyGiven(subscription.Child("cancellation_details"), details, "comment", "feedback");
        }
    }

    private static long ProrationDate(Transaction tx, JsonObject subscription, JsonObject input)
    {
        var at = input.IntOrNull("proration_date") ?? tx.Now;
        var start = SubscriptionDocument.PeriodStart(subscription);
        return at >= start && at <= SubscriptionDocument.PeriodEnd(subscription)
            ? at
            : throw StripeException.Invalid(
                "Cannot specify a `proration_date` outside of the current billing period.",
                "proration_date"
            );
    }

    private static void RestartPeriods(JsonObject subscription, long now)
    {
        subscription["billing_cycle_anchor"] = now;
        foreach (var item in subscription.Listed("items"))
        {
            var (interval, count) = Interval(subscription);
            item["current_period_start"] = now;
            item["current_period_end"] = BillingCalendar.BoundaryAfter(now, interval, (int)count, now);
        }
    }

    private static (string Interval, long Count) Interval(JsonObject subscription)
    {
        var recurring = subscription.Listed("items").First().Child("price").Child("recurring");
        return (recurring.Text("interval"), recurring.Int("interval_count"));
    }

    private static bool ItemsDiffer(JsonObject before, JsonObject after)
    {
        var former = before.Listed("items").ToDictionary(item => item.Id(), StringComparer.Ordinal);
        var now = after.Listed("items").ToList();
        return now.Count != former.Count
            || now.Exists(item => !former.TryGetValue(item.Id(), out var was) || ProrateItems.IsDifferent(was, item));
    }

    private static decimal Total(JsonObject subscription) =>
        subscription.Listed("items").Sum(item => EmbeddedPrice.UnitAmount(item.Child("price")) * item.Int("quantity"));
}
