using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>The invoice line of an item for a period: whole, or up to the moment at which all ends.</summary>
internal static class SubscriptionLine
{
    public static JsonObject Of(Transaction tx, JsonObject subscription, JsonObject item, long start, long end)
    {
        var line = InvoiceLine.ForPeriod(tx, subscription, item, start, end);
        line["discounts"] = item["discounts"]?.DeepClone();
        if (Trial.Covers(subscription, start))
        {
            line["amount"] = 0;
            line["subtotal"] = 0;
            line["description"] = $"Trial period for {InvoiceLine.ProductName(tx, item.Child("price"))}";
        }
        else if (CancelTime.Within(subscription, start, end) is { } at)
        {
            var amount = CancelTime.AmountUntil(item, start, end, at);
            line["amount"] = amount;
            line["subtotal"] = amount;
            line["period"] = new JsonObject { ["end"] = at, ["start"] = start };
            line.Child("parent").Child("subscription_item_details")["proration"] = true;
        }

        return line;
    }
}
