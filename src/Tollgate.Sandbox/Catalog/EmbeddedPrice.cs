using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Catalog;

/// <summary>
/// Prices as they stand inside subscription items (with the older <c>plan</c> beside them), and their amounts.
/// </summary>
internal static class EmbeddedPrice
{
    /// <summary>Sets the price of a subscription item.</summary>
    public static void Set(JsonObject item, JsonObject price)
    {
        item["plan"] = Plan(price);
        item["price"] = price.Copy();
    }

    /// <summary>What credits ask of a price that was billed.</summary>
    public static JsonObject Billed(JsonObject price) =>
        new()
        {
            ["id"] = price.Id(),
            ["currency"] = CurrencyOptions.Currency(price),
            ["product"] = price.Text("product"),
            ["unit_amount_decimal"] = CurrencyOptions.ExactAmount(price),
        };

    /// <summary>A price's name and metadata may change after items hold it.</summary>
    public static void Refresh(Transaction tx, JsonObject price)
    {
        var holders = tx.With("subscription", "price", price.Id()).ToList();
        foreach (var holder in holders)
        {
            tx.Change(
                holder,
                change =>
                {
                    foreach (var item in change.Listed("items"))
                    {
                        if (item.Child("price").Id() == price.Id())
                        {
                            Set(item, CurrencyOptions.SoldAs(item.Child("price"), price));
                        }
                    }
                }
            );
        }
    }

    /// <summary>
    /// Minor units for a quantity; fractions of what can be charged are rounded once, half away from zero.
    /// </summary>
    public static long Amount(JsonObject price, long quantity) =>
        Currencies.Round(UnitAmount(price) * quantity, CurrencyOptions.Currency(price));

    public static decimal UnitAmount(JsonObject price) =>
        decimal.Parse(CurrencyOptions.ExactAmount(price), CultureInfo.InvariantCulture);

    private static JsonObject Plan(JsonObject price)
    {
        var recurring = price.Child("recurring");
        return new JsonObject
        {
            ["id"] = price.Id(),
            ["object"] = "plan",
            ["active"] = price.Flag("active"),
            ["amount"] = price["unit_amount"]?.DeepClone(),
            ["amount_decimal"] = price.Text("unit_amount_decimal"),
            ["billing_scheme"] = "per_unit",
            ["created"] = price.Int("created"),
            ["currency"] = price.Text("currency"),
            ["interval"] = recurring.Text("interval"),
            ["interval_count"] = recurring.Int("interval_count"),
            ["livemode"] = false,
            ["metadata"] = price.Child("metadata").Copy(),
            ["meter"] = null,
            ["nickname"] = price["nickname"]?.DeepClone(),
            ["product"] = price.Text("product"),
            ["tiers_mode"] = null,
            ["transform_usage"] = null,
            ["trial_period_days"] = null,
            ["usage_type"] = "licensed",
        };
    }
}
