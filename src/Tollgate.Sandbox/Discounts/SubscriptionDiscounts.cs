using System.Text.Json.Nodes;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Discounts;

/// <summary>The discounts of a subscription: given, applied to its invoices, over.</summary>
internal static class SubscriptionDiscounts
{
    private const string Kind = "discount";
    private const string Name = "discounts";

    /// <summary>Replaces the discounts of a subscription that is being made or changed.</summary>
    public static void Set(Transaction tx, JsonObject subscription, IReadOnlyList<Grant> grants)
    {
        foreach (var former in Active(tx, subscription))
        {
            tx.Emit("customer.discount.deleted", former);
        }

        subscription[Name] = grants.Select(grant => Add(tx, subscription, grant).Id()).ToJson();
    }

    /// <summary>Those whose time is not over.</summary>
    public static IReadOnlyList<JsonObject> Active(Transaction tx, JsonObject subscription) =>
        [
            .. subscription
                .Texts(Name)
                .Select(id => tx.Get(Kind, id))
                .Where(discount => discount.IntOrNull("end") is not { } end || end > tx.Now),
        ];

    /// <summary>Leaves out what is over.</summary>
    public static void DropEnded(Transaction tx, JsonObject subscription) =>
        subscription[Name] = Active(tx, subscription).Select(discount => discount.Id()).ToJson();

    /// <summary>What percentages leave of an amount of a product, e.g. 0.8; fixed amounts do not count.</summary>
    public static decimal Factor(Transaction tx, JsonObject subscription, string product) =>
        Active(tx, subscription)
            .Select(discount => CouponOf(tx, discount))
            .Where(coupon => DiscountMath.AppliesTo(coupon, product))
            .Aggregate(1m, (factor, coupon) => factor * (1 - (DiscountMath.PercentOf(coupon) ?? 0) / 100));

    /// <summary>Notes on the lines what each discount takes off; prorations hold theirs already.</summary>
    public static void Apply(Transaction tx, JsonObject invoice, JsonObject subscription)
    {
        var discounts = Active(tx, subscription);
        var lines = invoice.Listed("lines").Where(line => line.Flag("discountable") && line.Int("amount") > 0).ToList();
        if (discounts.Count == 0 || lines.Exists(line => line.Each("discount_amounts").Any()))
        {
            return;
        }

        invoice[Name] = discounts.Select(discount => discount.Id()).ToJson();
        foreach (var discount in discounts)
        {
            var coupon = CouponOf(tx, discount);
            var eligible = lines.FindAll(line => DiscountMath.AppliesTo(coupon, ProductOf(line)));
            var shares = DiscountMath.Split(coupon, [.. eligible.Select(Left)]);
            for (var index = 0; index < eligible.Count; index++)
            {
                Note(eligible[index], discount.Id(), shares[index]);
            }
        }
    }

    /// <summary>A discount for once is over with the first invoice that it took something off.</summary>
    public static void Consume(Transaction tx, JsonObject invoice, string subscription)
    {
        var used = invoice
            .Each("total_discount_amounts")
            .Where(taken => taken.Int("amount") > 0)
            .Select(taken => tx.Get(Kind, taken.Text("discount")))
            .Where(discount => CouponOf(tx, discount).Text("duration") == "once")
            .ToList();
        if (used.Count == 0 || tx.Find("subscription", subscription) is not { } owner)
        {
            return;
        }

        var ids = used.Select(discount => discount.Id()).ToHashSet(StringComparer.Ordinal);
        tx.Change(owner, change => change[Name] = change.Texts(Name).Where(id => !ids.Contains(id)).ToList().ToJson());
        used.ForEach(discount => tx.Emit("customer.discount.deleted", discount));
    }

    private static JsonObject Add(Transaction tx, JsonObject subscription, Grant grant)
    {
        Redemption.Count(tx, grant);
        var months = grant.Coupon.IntOrNull("duration_in_months");
        var end = months is null
            ? (long?)null
            : DateTimeOffset.FromUnixTimeSeconds(tx.Now).AddMonths((int)months).ToUnixTimeSeconds();
        return tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("di"),
                ["object"] = Kind,
                ["checkout_session"] = null,
                ["customer"] = subscription.Text("customer"),
                ["customer_account"] = null,
                ["end"] = end,
                ["invoice"] = null,
                ["invoice_item"] = null,
                ["promotion_code"] = grant.PromotionCode?.Id(),
                ["source"] = new JsonObject { ["coupon"] = grant.Coupon.Id(), ["type"] = "coupon" },
                ["start"] = tx.Now,
                ["subscription"] = subscription.Id(),
                ["subscription_item"] = null,
            },
            "customer.discount.created"
        );
    }

    private static JsonObject CouponOf(Transaction tx, JsonObject discount) =>
        tx.Find(CouponRoutes.Kind, discount.Child("source").Text("coupon"))
        ?? throw new InvalidOperationException($"{discount.Id()} has no coupon");

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
