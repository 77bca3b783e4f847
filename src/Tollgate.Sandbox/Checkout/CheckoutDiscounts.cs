using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Checkout;

/// <summary>Coupons of a Checkout session: given by the seller, or by a promotion code that the buyer types.</summary>
internal static class CheckoutDiscounts
{
    private const string Name = "discounts";

    /// <summary>Reads and sets the discount of a new session, and its totals.</summary>
    public static void Set(Transaction tx, JsonObject session, JsonObject input)
    {
        var grants = Redemption.Read(tx, input, session.TextOrNull("customer"), session.Int("amount_subtotal"));
        if (grants.Any(grant => grant.Existing is not null))
        {
            throw StripeException.Invalid("A Checkout Session takes a coupon or a promotion code.", Name);
        }

        if (grants.Count > 1)
        {
            throw StripeException.Invalid("A Checkout Session has up to one discount.", Name);
        }

        if (grants.Count > 0 && input.ContainsKey("allow_promotion_codes"))
        {
            throw StripeException.Invalid(
                "You may only specify one of these parameters: allow_promotion_codes, discounts.",
                Name
            );
        }

        Put(session, grants);
        SumUp(tx, session);
    }

    /// <summary>The buyer's code; an empty one takes the former back.</summary>
    /// <exception cref="StripeException">The code is unknown or not for this order.</exception>
    public static JsonObject Enter(Transaction tx, JsonObject session, string? code)
    {
        if (!session.Flag("allow_promotion_codes") || session.Text("status") != "open")
        {
            throw StripeException.Invalid("This page takes no promotion codes.", "code");
        }

        IReadOnlyList<Grant> grants = [];
        if (code is not null)
        {
            var promotion =
                PromotionCodeRoutes.Named(tx, code.Trim())
                ?? throw StripeException.Invalid("This code is invalid.", "code", "promotion_code_invalid");
            grants = [Redemption.ByCode(tx, promotion, session.TextOrNull("customer"), session.Int("amount_subtotal"))];
        }

        return tx.Change(
            session,
            change =>
            {
                Put(change, grants);
                SumUp(tx, change);
            }
        );
    }

    /// <summary>What the subscription, or the payment, gets of it.</summary>
    public static IReadOnlyList<Grant> Grants(Transaction tx, JsonObject session) =>
        Redemption.Read(tx, session, session.TextOrNull("customer"), session.Int("amount_subtotal"));

    public static JsonObject? CouponOf(Transaction tx, JsonObject session) =>
        session.Each(Name).FirstOrDefault()?.Text("_coupon") is { } id ? tx.Find(CouponRoutes.Kind, id) : null;

    /// <summary>Puts discount and totals on lines and session.</summary>
    public static void SumUp(Transaction tx, JsonObject session)
    {
        if (CheckoutSetup.Is(session))
        {
            return;
        }

        var items = session.Each("_line_items").ToList();
        foreach (var item in items)
        {
            item["amount_discount"] = 0;
        }

        if (CouponOf(tx, session) is { } coupon)
        {
            var eligible = items.FindAll(item => DiscountMath.AppliesTo(coupon, item.Child("price").Text("product")));
            var amounts = eligible.Select(item => item.Int("amount_subtotal")).ToList();
            var shares = DiscountMath.Split(coupon, amounts, session.Text("currency"));
            for (var index = 0; index < eligible.Count; index++)
            {
                eligible[index]["amount_discount"] = shares[index];
            }
        }

        foreach (var item in items)
        {
            item["amount_total"] = item.Int("amount_subtotal") - item.Int("amount_discount");
        }

        session["amount_subtotal"] = items.Sum(item => item.Int("amount_subtotal"));
        session["amount_total"] = items.Sum(item => item.Int("amount_total"));
        session.Child("total_details")["amount_discount"] = items.Sum(item => item.Int("amount_discount"));
    }

    private static void Put(JsonObject session, IReadOnlyList<Grant> grants) =>
        session[Name] = grants
            .Select(grant => new JsonObject
            {
                ["coupon"] = grant.PromotionCode is null ? grant.Coupon.Id() : null,
                ["promotion_code"] = grant.PromotionCode?.Id(),
                ["_coupon"] = grant.Coupon.Id(),
            })
            .ToJson();
}
