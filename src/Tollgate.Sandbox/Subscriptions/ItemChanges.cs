using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>Reads and applies the <c>items</c> of a request.</summary>
internal static class ItemChanges
{
    /// <summary>Marks an item that a schedule brings, not a request.</summary>
    public const string Planned = "_planned";

    /// <summary>Items of a new subscription; each names a recurring, active price once.</summary>
    public static IReadOnlyList<ItemRequest> Read(Transaction tx, IReadOnlyList<JsonObject> given, string parameter)
    {
        if (given.Count == 0)
        {
            throw StripeException.Invalid($"Missing required param: {parameter}.", parameter, "parameter_missing");
        }

        if (given.Count > 20)
        {
            throw StripeException.Invalid("A subscription has up to 20 items.", parameter);
        }

        var items = given
            .Select(
                (item, index) =>
                    new ItemRequest(
                        RequirePrice(tx, item.TextOrNull("price"), $"{parameter}[{index}][price]"),
                        item.IntOrNull("quantity") ?? 1,
                        Metadata.From(item)
                    )
                    {
                        Given = item,
                    }
            )
            .ToList();
        RequireDistinct(items.Select(item => item.Price.Id()));
        return items;
    }

    /// <summary>The subscription's items after a change. An item without id is added.</summary>
    public static void Apply(Transaction tx, JsonObject subscription, IReadOnlyList<JsonObject> given)
    {
        var items = (JsonArray)subscription.Child("items")["data"]!;
        for (var index = 0; index < given.Count; index++)
        {
            var wanted = given[index];
            var path = $"items[{index}]";
            if (wanted.TextOrNull("id") is not { } id)
            {
                Append(tx, subscription, items, wanted, path);
                continue;
            }

            var item =
                items.OfType<JsonObject>().FirstOrDefault(candidate => candidate.Id() == id)
                ?? throw StripeException.NoSuch("subscription_item", id, $"{path}[id]");
            if (wanted.Flag("deleted"))
            {
                items.Remove(item);
                continue;
            }

            Metadata.Apply(item, wanted);
            SubscriptionDiscounts.SetOnItem(tx, subscription, item, wanted);
            if (wanted.TextOrNull("price") is { } priceId && priceId != item.Child("price").Id())
            {
                EmbeddedPrice.Set(item, PriceOf(tx, subscription, wanted, $"{path}[price]"));
                // Stripe: a new price without a quantity means one.
                item["quantity"] = 1;
            }

            item["quantity"] = wanted.IntOrNull("quantity") ?? item.Int("quantity");
        }

        var after = subscription.Listed("items").Select(item => item.Child("price")).ToList();
        if (after.Count == 0)
        {
            throw StripeException.Invalid("A subscription must have at least one active plan.", "items");
        }

        RequireDistinct(after.Select(price => price.Id()));
        RequireOneInterval(after);
        if (after.Any(price => CurrencyOptions.Currency(price) != subscription.Text("currency")))
        {
            throw StripeException.Invalid("All prices on a subscription must have the same `currency`.", "items");
        }
    }

    public static void RequireOneInterval(IEnumerable<JsonObject> prices)
    {
        var intervals = prices
            .Select(price => price.Child("recurring"))
            .Select(recurring => (recurring.Text("interval"), recurring.Int("interval_count")))
            .Distinct();
        if (intervals.Count() > 1)
        {
            throw StripeException.Invalid(
                "All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`. "
                    + "(The Sandbox does not have mixed intervals.)",
                "items"
            );
        }
    }

    private static void Append(Transaction tx, JsonObject subscription, JsonArray items, JsonObject wanted, string path)
    {
        var price = PriceOf(tx, subscription, wanted, $"{path}[price]");
        var start = SubscriptionDocument.PeriodStart(subscription);
        var end = SubscriptionDocument.PeriodEnd(subscription);
        var request = new ItemRequest(price, wanted.IntOrNull("quantity") ?? 1, Metadata.From(wanted));
        var added = SubscriptionDocument.BuildItem(tx, subscription.Id(), request, start, end);
        SubscriptionDiscounts.SetOnItem(tx, subscription, added, wanted);
        items.Add(added);
    }

    /// <summary>What was planned while its price was active comes about all the same.</summary>
    private static JsonObject PriceOf(Transaction tx, JsonObject subscription, JsonObject wanted, string parameter) =>
        CurrencyOptions.In(
            wanted.Flag(Planned)
                ? tx.Get("price", wanted.Text("price"), parameter)
                : RequirePrice(tx, wanted.TextOrNull("price"), parameter),
            subscription.Text("currency")
        );

    private static JsonObject RequirePrice(Transaction tx, string? id, string parameter)
    {
        if (id is null)
        {
            throw StripeException.Invalid($"Missing required param: {parameter}.", parameter, "parameter_missing");
        }

        var price = tx.Get("price", id, parameter);
        return price.ChildOrNull("recurring") is null
                ? throw StripeException.Invalid(
                    $"The price specified is set to `type=one_time` but this field only accepts prices with "
                        + "`type=recurring`.",
                    parameter
                )
            : !price.Flag("active")
                ? throw StripeException.Invalid(
                    $"The price specified is inactive. This field only accepts active prices.",
                    parameter
                )
            : price;
    }

    private static void RequireDistinct(IEnumerable<string> priceIds)
    {
        var twice = priceIds.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any());
        if (twice is not null)
        {
            throw StripeException.Invalid(
                $"Cannot add multiple subscription items with the same plan: {twice.Key}",
                "items"
            );
        }
    }
}
