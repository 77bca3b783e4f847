using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Checkout;

/// <summary>What a Checkout session sells, and how many of it the buyer may choose.</summary>
internal static class CheckoutLineItems
{
    private const long MaxQuantity = 999_999;

    public static readonly Param Parameter = Param.Each(
        "line_items",
        Param.Text("price").Required(),
        Param.Int("quantity", 0, MaxQuantity),
        Param.Group(
            "adjustable_quantity",
            Param.Flag("enabled").Required(),
            Param.Int("minimum", 0, MaxQuantity),
            Param.Int("maximum", 0, MaxQuantity)
        )
    );

    public static JsonArray Read(Transaction tx, JsonObject input, string mode)
    {
        var given = input.Each("line_items").ToList();
        if (given.Count is 0 or > 100)
        {
            throw StripeException.Invalid("Missing required param: line_items.", "line_items", "parameter_missing");
        }

        var items = given.Select((item, index) => ReadOne(tx, input, item, $"line_items[{index}]")).ToArray();
        var isRecurring = items.Any(item => item.Child("price").ChildOrNull("recurring") is not null);
        if (mode == "subscription" && !isRecurring)
        {
            throw StripeException.Invalid(
                "You must provide at least one recurring price in `subscription` mode when using prices.",
                "line_items"
            );
        }

        if (mode == "payment" && isRecurring)
        {
            throw StripeException.Invalid(
                "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or "
                    + "use only one-time prices.",
                "line_items"
            );
        }

        if (mode == "subscription" && items.Any(item => item.Child("price").ChildOrNull("recurring") is null))
        {
            throw StripeException.Invalid(
                "The Sandbox does not have one-time prices beside recurring ones in `subscription` mode.",
                "line_items"
            );
        }

        if (items.Select(item => item.Text("currency")).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            throw StripeException.Invalid("All line items must have the same currency.", "line_items");
        }

        return items.ToJson();
    }

    /// <summary>With a trial nothing is due today.</summary>
    private static bool IsTrial(Transaction tx, JsonObject input) =>
        input.ChildOrNull("subscription_data") is { } data && Trial.EndOf(tx, data) is not null;

    public static long Total(JsonObject session) => session.Each("_line_items").Sum(item => item.Int("amount_total"));

    public static JsonNode Embedded(Transaction tx, JsonObject session) =>
        ListPage.Embedded(
            tx.Get("checkout.session", session.Id()).Each("_line_items").Select(Rendering.Publish),
            $"/v1/checkout/sessions/{session.Id()}/line_items"
        );

    /// <summary>Sets the buyer's quantities (by line item id) within the limits of the session.</summary>
    public static void SetQuantities(JsonObject session, IReadOnlyDictionary<string, long> quantities)
    {
        foreach (var item in session.Each("_line_items"))
        {
            if (!quantities.TryGetValue(item.Id(), out var quantity) || quantity == item.Int("quantity"))
            {
                continue;
            }

            var limits = item.ChildOrNull("adjustable_quantity");
            if (
                limits is null
                || !limits.Flag("enabled")
                || quantity < (limits.IntOrNull("minimum") ?? 0)
                || quantity > (limits.IntOrNull("maximum") ?? MaxQuantity)
            )
            {
                throw StripeException.Invalid("The quantity is outside of what this session allows.", "quantity");
            }

            item["quantity"] = quantity;
            SumUp(item);
        }
    }

    private static JsonObject ReadOne(Transaction tx, JsonObject input, JsonObject given, string path)
    {
        var price = InCurrencyOf(tx, input, tx.Get("price", given.Text("price"), $"{path}[price]"));
        if (!price.Flag("active"))
        {
            throw StripeException.Invalid(
                "The price specified is inactive. This field only accepts active prices.",
                $"{path}[price]"
            );
        }

        if (tx.Find("product", price.Text("product")) is { } product && !product.Flag("active"))
        {
            throw StripeException.Invalid(
                $"Price `{price.Id()}` is not available to be purchased because its product is not active.",
                $"{path}[price]"
            );
        }

        var adjustable = given.ChildOrNull("adjustable_quantity");
        var quantity =
            given.IntOrNull("quantity")
            ?? throw StripeException.Invalid(
                $"Quantity is required. Add `quantity` to `{path}`.",
                $"{path}[quantity]",
                "parameter_missing"
            );
        var isEnabled = adjustable?.Flag("enabled") == true;
        var minimum = isEnabled ? adjustable!.IntOrNull("minimum") ?? 0 : (long?)null;
        var maximum = isEnabled ? adjustable!.IntOrNull("maximum") ?? 99 : (long?)null;
        if (quantity < (minimum ?? 0) || quantity > (maximum ?? MaxQuantity) || (quantity == 0 && !isEnabled))
        {
            throw StripeException.Invalid(
                "The quantity must be at least one and within `adjustable_quantity`'s minimum and maximum.",
                $"{path}[quantity]"
            );
        }

        var item = new JsonObject
        {
            ["id"] = Transaction.NewId("li"),
            ["object"] = "item",
            ["adjustable_quantity"] = isEnabled
                ? new JsonObject
                {
                    ["enabled"] = true,
                    ["maximum"] = maximum,
                    ["minimum"] = minimum,
                }
                : null,
            ["amount_discount"] = 0,
            ["amount_subtotal"] = 0,
            ["amount_tax"] = 0,
            ["amount_total"] = 0,
            ["currency"] = CurrencyOptions.Currency(price),
            ["description"] = InvoiceLine.ProductName(tx, price),
            ["metadata"] = new JsonObject(),
            ["price"] = price.Copy(),
            ["quantity"] = quantity,
            ["_free"] = IsTrial(tx, input),
        };
        SumUp(item);
        return item;
    }

    private static JsonObject InCurrencyOf(Transaction tx, JsonObject input, JsonObject price)
    {
        var customer = input.TextOrNull("customer") is { } id ? tx.Find("customer", id) : null;
        return CurrencyOptions.In(price, CurrencyOptions.Settle(input.TextOrNull("currency"), customer, [price]));
    }

    private static void SumUp(JsonObject item)
    {
        var amount = item.Flag("_free") ? 0 : EmbeddedPrice.Amount(item.Child("price"), item.Int("quantity"));
        item["amount_subtotal"] = amount;
        item["amount_total"] = amount;
    }
}
