using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Entitlements;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>What a change costs: credits and debits that wait for an invoice, or an invoice at once.</summary>
internal static class BillChange
{
    private const string Updated = "customer.subscription.updated";

    /// <summary>Bills a change of items or periods.</summary>
    /// <param name="restarts">A new period begins now and is billed in full.</param>
    public static JsonObject Run(Transaction tx, JsonObject before, JsonObject after, JsonObject input, bool restarts)
    {
        var behavior = input.TextOrNull("proration_behavior") ?? "create_prorations";
        if (behavior != "none" && !Trial.IsOn(before))
        {
            var at = ProrationDate(tx, before, input);
            // Debits note what they billed on the new version's items.
            var noted = after.Copy();
            ProrateItems.Run(tx, before, noted, at, restarts);
            after = tx.Change(after, change => change["items"] = noted["items"]!.DeepClone());
            if (!restarts)
            {
                CancelTime.Prorate(tx, before, after);
            }
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

        InvoiceChange.Run(tx, before, after, input.TextOrNull("payment_behavior") ?? "allow_incomplete", restarts);
        return tx.Get(SubscriptionDocument.Kind, after.Id());
    }

    /// <summary>Credits what a new end cuts off, or bills it again.</summary>
    public static JsonObject OfCancellation(Transaction tx, JsonObject before, JsonObject after, JsonObject input)
    {
        var behavior = input.TextOrNull("proration_behavior") ?? "create_prorations";
        if (behavior != "none" && CancelTime.Prorate(tx, before, after) && behavior == "always_invoice")
        {
            InvoiceChange.Run(
                tx,
                before,
                after,
                input.TextOrNull("payment_behavior") ?? "allow_incomplete",
                restarts: false
            );
            return tx.Get(SubscriptionDocument.Kind, after.Id());
        }

        tx.EmitChange(Updated, before, after);
        return after;
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

    private static decimal Total(JsonObject subscription) =>
        subscription.Listed("items").Sum(item => EmbeddedPrice.UnitAmount(item.Child("price")) * item.Int("quantity"));
}
