using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// Updates a subscription: items with proration, cancellation at the end and its undoing, card, metadata.
/// </summary>
internal static class ChangeSubscription
{
    public static JsonObject Run(Transaction tx, JsonObject before, JsonObject input)
    {
        AllowedChange.Require(before, input);
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
                    restarts |=
                        !Trial.IsOn(change) && BillingPeriod.IntervalOf(before) != BillingPeriod.IntervalOf(change);
                }

                if (input.ChildOrNull("billing_cycle_anchor")?.TextOrNull("type") == "now")
                {
                    restarts = true;
                }

                if (restarts)
                {
                    BillingPeriod.Restart(change, tx.Now);
                }
            }
        );
        AttachedSchedule.FollowItems(tx, after);
        if (Trial.IsOver(tx, after))
        {
            Trial.EndsWithoutCard(tx, before, after);
            return tx.Get(SubscriptionDocument.Kind, after.Id());
        }

        return isItemChange || restarts
            ? BillChange.Run(tx, before, after, input, restarts)
            : BillChange.OfCancellation(tx, before, after, input);
    }

    public static void ApplyPlain(Transaction tx, JsonObject subscription, JsonObject input)
    {
        Metadata.Apply(subscription, input);
        Metadata.CopyGiven(subscription, input, "description");
        AutomaticTax.CopyGiven(subscription, input);
        PaymentSettings.Apply(subscription, input);
        SendInvoice.Apply(subscription, input);
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

    private static bool ItemsDiffer(JsonObject before, JsonObject after)
    {
        var former = before.Listed("items").ToDictionary(item => item.Id(), StringComparer.Ordinal);
        var now = after.Listed("items").ToList();
        return now.Count != former.Count
            || now.Exists(item => !former.TryGetValue(item.Id(), out var was) || ProrateItems.IsDifferent(was, item));
    }
}
