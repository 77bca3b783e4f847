using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Discounts;

/// <summary>What discounts take off an invoice's lines: first those of a line, then those of the whole.</summary>
internal static class InvoiceDiscounts
{
    private const string Name = DiscountDocument.Name;

    /// <summary>Gives a draft discounts of its own.</summary>
    public static void Set(Transaction tx, JsonObject invoice, JsonObject input)
    {
        var customer = invoice.Text("customer");
        var grants = Redemption.Read(tx, input, customer, subtotal: null);
        DiscountDocument.Set(tx, invoice, grants, customer, "invoice");
        foreach (var line in invoice.Listed("lines"))
        {
            line["discount_amounts"] = new JsonArray();
            line["pretax_credit_amounts"] = new JsonArray();
        }

        Apply(tx, invoice, DiscountDocument.Active(tx, invoice));
    }

    /// <summary>Notes on the lines what each discount takes off; prorations hold theirs already.</summary>
    /// <param name="whole">Those of the whole invoice.</param>
    public static void Apply(Transaction tx, JsonObject invoice, IReadOnlyList<JsonObject> whole)
    {
        var lines = invoice.Listed("lines").Where(line => line.Flag("discountable") && line.Int("amount") > 0).ToList();
        if (lines.Exists(line => line.Each("discount_amounts").Any()))
        {
            return;
        }

        foreach (var line in lines)
        {
            foreach (var discount in DiscountDocument.Active(tx, line))
            {
                Take(tx, discount, [line], line.Text("currency"));
            }
        }

        invoice[Name] = whole.Select(discount => discount.Id()).ToJson();
        foreach (var discount in whole)
        {
            Take(tx, discount, lines, invoice.Text("currency"));
        }
    }

    /// <summary>A discount for once is over with the first invoice that it took something off.</summary>
    public static void Consume(Transaction tx, JsonObject invoice)
    {
        var used = invoice
            .Each("total_discount_amounts")
            .Where(taken => taken.Int("amount") > 0)
            .Select(taken => tx.Get(DiscountDocument.Kind, taken.Text("discount")))
            .Where(discount => DiscountDocument.CouponOf(tx, discount).Text("duration") == "once")
            .ToList();
        foreach (var discount in used)
        {
            if (Invoices.InvoiceDocument.SubscriptionOf(invoice) is { } subscription)
            {
                SubscriptionDiscounts.Remove(tx, subscription, discount.Id());
            }

            CustomerDiscount.Remove(tx, invoice.Text("customer"), discount.Id());
            tx.Emit("customer.discount.deleted", discount);
        }
    }

    private static void Take(Transaction tx, JsonObject discount, List<JsonObject> lines, string currency)
    {
        var coupon = DiscountDocument.CouponOf(tx, discount);
        var eligible = lines.FindAll(line => DiscountMath.AppliesTo(coupon, ProductOf(line)));
        var shares = DiscountMath.Split(coupon, [.. eligible.Select(Left)], currency);
        for (var index = 0; index < eligible.Count; index++)
        {
            Note(eligible[index], discount.Id(), shares[index]);
        }
    }

    private static long Left(JsonObject line) =>
        line.Int("amount") - line.Each("discount_amounts").Sum(taken => taken.Int("amount"));

    private static void Note(JsonObject line, string discount, long amount)
    {
        ((JsonArray)line["discount_amounts"]!).Add(
            (JsonNode)new JsonObject { ["amount"] = amount, ["discount"] = discount }
        );
        ((JsonArray)line["pretax_credit_amounts"]!).Add(
            (JsonNode)
                new JsonObject
                {
                    ["amount"] = amount,
                    ["discount"] = discount,
                    ["type"] = "discount",
                }
        );
    }

    private static string? ProductOf(JsonObject line) =>
        line.ChildOrNull("pricing")?.ChildOrNull("price_details")?.TextOrNull("product");
}
