using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;

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
            new Part(item, price, quantity, at, BilledUntil(subscription, item), IsCredit: true)
            {
                Factor = noted is null ? null : decimal.Parse(noted, CultureInfo.InvariantCulture),
            }
        );
    }

    /// <summary>What lies between a moment and the end of the paid period: given back, or billed again.</summary>
    public static void Tail(Transaction tx, JsonObject subscription, JsonObject item, long at, bool isCredit) =>
        Add(
            tx,
            subscription,
            new Part(item, item.Child("price"), item.Int("quantity"), at, item.Int("current_period_end"), isCredit)
        );

    /// <summary>Gives back what was billed for the time from now on.</summary>
    public static void CreditAll(Transaction tx, JsonObject subscription) =>
        Run(tx, subscription, subscription, tx.Now, creditOnly: true);

    private static void Debit(Transaction tx, JsonObject subscription, JsonObject item, long at)
    {
        SubscriptionDocument.NoteBilled(tx, subscription, item);
        var until = BilledUntil(subscription, item);
        Add(tx, subscription, new Part(item, item.Child("price"), item.Int("quantity"), at, until, IsCredit: false));
    }

    /// <summary>An end within the period has cut it short: the time after it was never billed, or given back.</summary>
    private static long BilledUntil(JsonObject subscription, JsonObject item)
    {
        var end = item.Int("current_period_end");
        return CancelTime.Within(subscription, item.Int("current_period_start"), end) ?? end;
    }

    private static void Add(Transaction tx, JsonObject subscription, Part part)
    {
        var (item, price, quantity) = (part.Item, part.Price, part.Quantity);
        // A percentage off is inside of a proration's amount.
        var factor = part.Factor ?? SubscriptionDiscounts.Factor(tx, subscription, item, price.Text("product"));
        var share = Proration.Share(
            EmbeddedPrice.UnitAmount(price) * quantity * factor,
            item.Int("current_period_start"),
            item.Int("current_period_end"),
            part.From,
            part.To,
            CurrencyOptions.Currency(price)
        );
        var day = DateTimeOffset.FromUnixTimeSeconds(part.From).ToString("dd MMM yyyy", CultureInfo.InvariantCulture);
        var words = part.IsCredit ? "Unused time on" : "Remaining time on";
        PendingItems.Add(
            tx,
            new ItemAmount(
                subscription.Text("customer"),
                CurrencyOptions.Currency(price),
                part.IsCredit ? -share : share,
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
                PeriodEnd = part.To,
                PeriodStart = part.From,
                Pricing = InvoiceLine.Pricing(price),
                Quantity = quantity,
            }
        );
    }

    /// <summary>A part of an item's period, from and to in unix seconds, given back or billed.</summary>
    private sealed record Part(JsonObject Item, JsonObject Price, long Quantity, long From, long To, bool IsCredit)
    {
        /// <summary>What percentages left when it was billed; null for those of now.</summary>
        public decimal? Factor { get; init; }
    }
}
