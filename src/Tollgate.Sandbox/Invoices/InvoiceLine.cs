using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>The lines of an invoice: a subscription's period, or an invoice item.</summary>
internal static class InvoiceLine
{
    private static readonly Room Room = new(20);

    /// <summary>A whole period of a subscription item.</summary>
    public static JsonObject ForPeriod(Transaction tx, JsonObject subscription, JsonObject item, long start, long end)
    {
        var price = item.Child("price");
        var quantity = item.Int("quantity");
        var recurring = price.Child("recurring");
        var per =
            recurring.Int("interval_count") == 1
                ? recurring.Text("interval")
                : $"{recurring.Int("interval_count")} {recurring.Text("interval")}s";
        var unit = Money.Format(EmbeddedPrice.UnitAmount(price), CurrencyOptions.Currency(price));
        return Build(
            EmbeddedPrice.Amount(price, quantity),
            CurrencyOptions.Currency(price),
            $"{quantity} × {ProductName(tx, price)} (at {unit} / {per})",
            quantity,
            Pricing(price),
            new JsonObject
            {
                ["invoice_item_details"] = null,
                ["subscription_item_details"] = new JsonObject
                {
                    ["invoice_item"] = null,
                    ["proration"] = false,
                    ["proration_details"] = new JsonObject { ["credited_items"] = null },
                    ["subscription"] = subscription.Id(),
                    ["subscription_item"] = item.Id(),
                },
                ["type"] = "subscription_item_details",
            },
            new JsonObject { ["end"] = end, ["start"] = start },
            subscription.Id(),
            subscription.Child("metadata")
        );
    }

    /// <summary>An invoice item that is taken up by an invoice.</summary>
    public static JsonObject ForItem(JsonObject item)
    {
        var details = item.ChildOrNull("parent")?.ChildOrNull("subscription_details");
        var subscription = details?.TextOrNull("subscription");
        var subscriptionItem = details?.TextOrNull("subscription_item");
        var described = new JsonObject
        {
            ["invoice_item"] = item.Id(),
            ["proration"] = item.Flag("proration"),
            ["proration_details"] = new JsonObject { ["credited_items"] = null },
            ["subscription"] = subscription,
        };
        if (subscriptionItem is not null)
        {
            described["subscription_item"] = subscriptionItem;
        }

        var line = Build(
            item.Int("amount"),
            item.Text("currency"),
            item.TextOrNull("description"),
            item.Int("quantity"),
            item["pricing"]?.DeepClone(),
            new JsonObject
            {
                ["invoice_item_details"] = subscriptionItem is null ? described : null,
                ["subscription_item_details"] = subscriptionItem is null ? null : described,
                ["type"] = subscriptionItem is null ? "invoice_item_details" : "subscription_item_details",
            },
            item.Child("period").Copy(),
            subscription,
            item.Child("metadata")
        );
        line["discountable"] = item.Flag("discountable");
        line["discounts"] = item["discounts"]?.DeepClone();
        return line;
    }

    public static JsonObject Pricing(JsonObject price) =>
        new()
        {
            ["price_details"] = new JsonObject { ["price"] = price.Id(), ["product"] = price.Text("product") },
            ["type"] = "price_details",
            ["unit_amount_decimal"] = CurrencyOptions.ExactAmount(price),
        };

    public static string ProductName(Transaction tx, JsonObject price) =>
        tx.Find("product", price.Text("product"))?.Text("name") ?? price.Text("product");

    private static JsonObject Build(
        long amount,
        string currency,
        string? description,
        long quantity,
        JsonNode? pricing,
        JsonObject parent,
        JsonObject period,
        string? subscription,
        JsonObject metadata
    ) =>
        new(Room)
        {
            ["id"] = Transaction.NewId("il"),
            ["object"] = "line_item",
            ["amount"] = amount,
            ["currency"] = currency,
            ["description"] = description,
            ["discount_amounts"] = new JsonArray(),
            ["discountable"] = true,
            ["discounts"] = new JsonArray(),
            ["invoice"] = null,
            ["livemode"] = false,
            ["metadata"] = metadata.Copy(),
            ["parent"] = parent,
            ["period"] = period,
            ["pretax_credit_amounts"] = new JsonArray(),
            ["pricing"] = pricing,
            ["quantity"] = quantity,
            ["quantity_decimal"] = quantity.ToString(CultureInfo.InvariantCulture),
            ["subscription"] = subscription,
            ["subtotal"] = amount,
            ["taxes"] = new JsonArray(),
        };
}
