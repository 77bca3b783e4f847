using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Invoices;

/// <summary>Invoice items: amounts that wait for the customer's, or the subscription's, next invoice.</summary>
internal static class PendingItems
{
    public const string Kind = "invoiceitem";

    public static JsonObject Add(
        Transaction tx,
        string customer,
        string currency,
        long amount,
        string? description,
        JsonObject? parent = null,
        JsonObject? pricing = null,
        long quantity = 1,
        long? periodStart = null,
        long? periodEnd = null,
        JsonObject? metadata = null
    )
    {
        var isProration = parent is not null;
        return tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("ii"),
                ["object"] = Kind,
                ["amount"] = amount,
                ["currency"] = currency,
                ["customer"] = customer,
                ["customer_account"] = null,
                ["date"] = tx.Now,
                ["description"] = description,
                ["discountable"] = !isProration,
                ["discounts"] = new JsonArray(),
                ["invoice"] = null,
                ["livemode"] = false,
                ["metadata"] = metadata?.Copy() ?? [],
                ["parent"] = parent,
                ["period"] = new JsonObject { ["end"] = periodEnd ?? tx.Now, ["start"] = periodStart ?? tx.Now },
                ["pricing"] =
                    pricing
                    ?? new JsonObject
                    {
                        ["type"] = "price_details",
                        ["unit_amount_decimal"] = amount.ToString(CultureInfo.InvariantCulture),
                    },
                ["proration"] = isProration,
                ["quantity"] = quantity,
                ["quantity_decimal"] = quantity.ToString(CultureInfo.InvariantCulture),
                ["tax_rates"] = new JsonArray(),
                ["test_clock"] = null,
            },
            "invoiceitem.created"
        );
    }

    /// <summary>Moves what waits into an invoice, oldest first, and returns the lines.</summary>
    /// <param name="subscription">Null for a stand-alone invoice, which takes what belongs to no subscription.</param>
    public static IReadOnlyList<JsonObject> Take(
        Transaction tx,
        string customer,
        string? subscription,
        string invoice
    ) =>
        [
            .. Waiting(tx, customer, subscription)
                .Select(item =>
                    InvoiceLine.ForItem(tx.Change(item, change => change["invoice"] = invoice, "invoiceitem.updated"))
                ),
        ];

    public static IReadOnlyList<JsonObject> Waiting(Transaction tx, string customer, string? subscription) =>
        [
            .. tx.NewestFirst(Kind)
                .Where(item =>
                    item.TextOrNull("invoice") is null
                    && item.Text("customer") == customer
                    && item.ChildOrNull("parent")?.Child("subscription_details").TextOrNull("subscription") is var owner
                    && (owner is null || owner == subscription)
                )
                .Reverse(),
        ];
}
