using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Discounts;

/// <summary>A coupon that was given to a customer, for all or for a subscription, an item or an invoice.</summary>
internal static class DiscountDocument
{
    public const string Kind = "discount";

    /// <summary>The member of its owner that lists discounts.</summary>
    public const string Name = "discounts";

    /// <summary>Gives it, and counts that it was given.</summary>
    /// <param name="owner">The member that names its owner (<c>subscription</c>, ...); null for the customer.</param>
    /// <param name="former">The one that it takes the place of; null for none.</param>
    public static JsonObject Add(
        Transaction tx,
        Grant grant,
        string customer,
        string? owner,
        string? ownerId,
        JsonObject? former = null
    )
    {
        Redemption.Count(tx, grant);
        var months = grant.Coupon.IntOrNull("duration_in_months");
        var discount = new JsonObject
        {
            ["id"] = Transaction.NewId("di"),
            ["object"] = Kind,
            ["checkout_session"] = null,
            ["customer"] = customer,
            ["customer_account"] = null,
            ["end"] = months is null
                ? null
                : DateTimeOffset.FromUnixTimeSeconds(tx.Now).AddMonths((int)months).ToUnixTimeSeconds(),
            ["invoice"] = null,
            ["invoice_item"] = null,
            ["promotion_code"] = grant.PromotionCode?.Id(),
            ["source"] = new JsonObject { ["coupon"] = grant.Coupon.Id(), ["type"] = "coupon" },
            ["start"] = tx.Now,
            ["subscription"] = null,
            ["subscription_item"] = null,
        };
        if (owner is not null)
        {
            discount[owner] = ownerId;
        }

        if (former is null)
        {
            return tx.Add(discount, "customer.discount.created");
        }

        tx.EmitChange("customer.discount.updated", former, discount);
        return tx.Add(discount);
    }

    /// <summary>Replaces what is listed on an owner that is being made or changed.</summary>
    public static void Set(
        Transaction tx,
        JsonObject document,
        IReadOnlyList<Grant> grants,
        string customer,
        string owner
    )
    {
        var kept = grants.Select(grant => grant.Existing?.Id()).ToHashSet(StringComparer.Ordinal);
        foreach (var former in Active(tx, document).Where(former => !kept.Contains(former.Id())))
        {
            tx.Emit("customer.discount.deleted", former);
        }

        document[Name] = grants
            .Select(grant => (grant.Existing ?? Add(tx, grant, customer, owner, document.Id())).Id())
            .ToJson();
    }

    /// <summary>Those listed on an owner whose time is not over.</summary>
    public static IReadOnlyList<JsonObject> Active(Transaction tx, JsonObject document) =>
        [.. document.Texts(Name).Select(id => tx.Get(Kind, id)).Where(discount => IsActive(tx, discount))];

    public static bool IsActive(Transaction tx, JsonObject discount) =>
        discount.IntOrNull("end") is not { } end || end > tx.Now;

    public static JsonObject CouponOf(Transaction tx, JsonObject discount) =>
        tx.Find(CouponRoutes.Kind, discount.Child("source").Text("coupon"))
        ?? throw new InvalidOperationException($"{discount.Id()} has no coupon");
}
