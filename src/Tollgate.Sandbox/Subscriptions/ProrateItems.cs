using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// Credit and debit for every item that a change touches: the whole old configuration, the whole new one.
/// </summary>
internal static class ProrateItems
{
    /// <summary>Leaves the credits and debits as invoice items that wait for an invoice.</summary>
    /// <param name="creditOnly">The interval changed: the old period is credited and the new one billed in
    /// full.</param>
    public static void Run(Transaction tx, JsonObject before, JsonObject after, long at, bool creditOnly)
    {
        var isFlexible = before.Child("billing_mode").Text("type") == "flexible";
        var kept = after.Listed("items").ToDictionary(item => item.Id(), StringComparer.Ordinal);
        var former = before.Listed("items").ToDictionary(item => item.Id(), StringComparer.Ordinal);
        foreach (var item in former.Values)
        {
            kept.TryGetValue(item.Id(), out var now);
            if (creditOnly || now is null || IsDifferent(item, now))
            {
                Credit(tx, before, item, at, isFlexible);
                if (now is not null && !creditOnly)
                {
                    Debit(tx, after, now, at);
                }
            }
        }

        foreach (var item in kept.Values.Where(item => !former.ContainsKey(item.Id()) && !creditOnly))
        {
            Debit(tx, after, item, at);
        }
    }

    public static bool IsDifferent(JsonObject was, JsonObject now) =>
        was.Child("price").Id() != now.Child("price").Id() || was.Int("quantity") != now.Int("quantity");

    private static void Credit(Transaction tx, JsonObject subscription, JsonObject item, long at, bool isFlexible)
    {
        // Classic billing credits what the item costs, flexible what was last billed for it.
        var price = (isFlexible ? item.ChildOrNull("_billed_price") : null) ?? item.Child("price");
        var quantity = (isFlexible ? item.IntOrNull("_billed_quantity") : null) ?? item.Int("quantity");
        var noted = isFlexible ? item.TextOrNull("_billed_factor") : null;
        Add(
            tx,
            subscription,
            item,
            price,
            quantity,
            at,
            isCredit: true,
            noted is null ? null : decimal.Parse(noted, CultureInfo.InvariantCulture)
        );
    }

    /// <summary>What lies between a moment and the end of the paid period: given back, or billed again.</summary>
    public static void Tail(Transaction tx, JsonObject subscription, JsonObject item, long at, bool isCredit) =>
        Add(tx, subscription, item, item.Child("price"), item.Int("quantity"), at, isCredit);

    private static void Debit(Transaction tx, JsonObject subscription, JsonObject item, long at)
    {
        SubscriptionDocument.NoteBilled(tx, subscription, item);
        Add(tx, subscription, item, item.Child("price"), item.Int("quantity"), at, isCredit: false);
    }

    private static void Add(
        Transaction tx,
        JsonObject subscription,
        JsonObject item,
        JsonObject price,
        long quantity,
        long at,
        bool isCredit,
        decimal? notedFactor = null
    )
    {
        var end = item.Int("current_period_end");
        // A percentage off is inside of a proration's amount.
        var factor = notedFactor ?? SubscriptionDiscounts.Factor(tx, subscription, price.Text("product"));
        var share = Proration.Remaining(
            EmbeddedPrice.UnitAmount(price) * quantity * factor,
            item.Int("current_period_start"),
            end,
            at
        );
        var day = DateTimeOffset.FromUnixTimeSeconds(at).ToString("dd MMM yyyy", CultureInfo.InvariantCulture);
        var words = isCredit ? "Unused time on" : "Remaining time on";
        PendingItems.Add(
            tx,
            new ItemAmount(
                subscription.Text("customer"),
                price.Text("currency"),
                isCredit ? -share : share,
                $"{words} {quantity} × {InvoiceLine.ProductName(tx, price)} after {day}"
            )
            {
                IsProration = true,
                Parent = new JsonObject
                {
                    ["subscription_details"] = new JsonObject
                    {
                        ["subscription"] = subscription.Id(),
                        ["subscription_item"] = item.Id(),
                    },
                    ["type"] = "subscription_details",
                },
                PeriodEnd = end,
                PeriodStart = at,
                Pricing = InvoiceLine.Pricing(price),
                Quantity = quantity,
            }
        );
    }
}
