using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>An amount in minor units for a customer's next invoice; negative amounts are credits.</summary>
internal sealed record ItemAmount(string Customer, string Currency, long Amount, string? Description)
{
    /// <summary>The subscription (and its item) that this belongs to; null for the customer alone.</summary>
    public JsonObject? Parent { get; init; }

    public JsonObject? Pricing { get; init; }

    public long Quantity { get; init; } = 1;

    public bool IsProration { get; init; }

    /// <summary>Unix seconds; null is now.</summary>
    public long? PeriodStart { get; init; }

    /// <summary>Unix seconds; null is now.</summary>
    public long? PeriodEnd { get; init; }

    public JsonObject Metadata { get; init; } = [];
}

/// <summary>Invoice items: amounts that wait for the customer's, or the subscription's, next invoice.</summary>
internal static class PendingItems
{
    public const string Kind = "invoiceitem";

    public static JsonObject Add(Transaction tx, ItemAmount given) =>
        tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("ii"),
                ["object"] = Kind,
                ["amount"] = given.Amount,
                ["currency"] = given.Currency,
                ["customer"] = given.Customer,
                ["customer_account"] = null,
                ["date"] = tx.Now,
                ["description"] = given.Description,
                ["discountable"] = !given.IsProration,
                ["discounts"] = new JsonArray(),
                ["invoice"] = null,
                ["livemode"] = false,
                ["metadata"] = given.Metadata.Copy(),
                ["parent"] = given.Parent,
                ["period"] = new JsonObject
                {
                    ["end"] = given.PeriodEnd ?? tx.Now,
                    ["start"] = given.PeriodStart ?? tx.Now,
                },
                ["pricing"] = given.Pricing ?? PricingOf(given.Amount),
                ["proration"] = given.IsProration,
                ["quantity"] = given.Quantity,
                ["quantity_decimal"] = given.Quantity.ToString(CultureInfo.InvariantCulture),
                ["tax_rates"] = new JsonArray(),
                ["test_clock"] = tx.Get("customer", given.Customer).TextOrNull("test_clock"),
            },
            "invoiceitem.created"
        );

    /// <summary>The pricing of an amount that has no price.</summary>
    public static JsonObject PricingOf(long amount) =>
        new() { ["type"] = "price_details", ["unit_amount_decimal"] = amount.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Moves what waits into an invoice, oldest first, and returns the lines.</summary>
    /// <param name="subscription">Null for a stand-alone invoice, which takes what belongs to no subscription.</param>
    public static IReadOnlyList<JsonObject> Take(
        Transaction tx,
        string customer,
        string? subscription,
        string currency,
        string invoice
    ) =>
        [
            .. Waiting(tx, customer, subscription, currency)
                .Select(item =>
                    InvoiceLine.ForItem(tx.Change(item, change => change["invoice"] = invoice, "invoiceitem.updated"))
                ),
        ];

    public static IReadOnlyList<JsonObject> Waiting(
        Transaction tx,
        string customer,
        string? subscription,
        string currency
    ) =>
        [
            .. tx.With(Kind, "waits_for", customer)
                .Where(item =>
                    item.Text("currency") == currency
                    && SubscriptionOf(item) is var owner
                    && (owner is null || owner == subscription)
                )
                .Reverse(),
        ];

    private static string? SubscriptionOf(JsonObject item) =>
        item.ChildOrNull("parent")?.Child("subscription_details").TextOrNull("subscription");
}
