using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Discounts;

/// <summary>A coupon, and the code that led to it, if any.</summary>
internal sealed record Grant(JsonObject Coupon, JsonObject? PromotionCode)
{
    /// <summary>A discount that was given before and stays; null for a new one.</summary>
    public JsonObject? Existing { get; init; }
}

/// <summary>Who may have a coupon, and how often it was given.</summary>
internal static class Redemption
{
    /// <summary>Marks a discount that a schedule brings, not a request.</summary>
    public const string Planned = "_planned";

    /// <summary><c>discounts</c> of a request; an empty value removes all.</summary>
    public static readonly Param Parameter = Param.Each(
        "discounts",
        Param.Text("coupon"),
        Param.Text("discount"),
        Param.Text("promotion_code")
    );

    /// <exception cref="StripeException">It is used up, over, or not for this customer.</exception>
    public static IReadOnlyList<Grant> Read(Transaction tx, JsonObject input, string? customer, long? subtotal) =>
        [
            .. input
                .Each("discounts")
                .Where(given => !given.Flag(Planned) || CanStillBeGiven(tx, given))
                .Select(
                    (given, index) =>
                    {
                        var path = $"discounts[{index}]";
                        if (given.TextOrNull("discount") is { } former)
                        {
                            return Kept(tx, former, customer, $"{path}[discount]");
                        }

                        if (given.TextOrNull("promotion_code") is { } id)
                        {
                            var promotion = tx.Get(PromotionCodeRoutes.Kind, id, $"{path}[promotion_code]");
                            return given.Flag(Planned)
                                ? new Grant(CouponOf(tx, promotion), promotion)
                                : ByCode(tx, promotion, customer, subtotal);
                        }

                        var coupon = tx.Get(
                            CouponRoutes.Kind,
                            given.TextOrNull("coupon")
                                ?? throw StripeException.Invalid(
                                    "Each discount names a coupon or a promotion code.",
                                    path
                                ),
                            $"{path}[coupon]"
                        );
                        return new Grant(Require(tx, coupon), PromotionCode: null);
                    }
                ),
        ];

    /// <param name="subtotal">Minor units before the discount; null where it is not known yet.</param>
    /// <exception cref="StripeException">The code's own limits, or its coupon's.</exception>
    public static Grant ByCode(Transaction tx, JsonObject promotion, string? customer, long? subtotal)
    {
        var restrictions = promotion.Child("restrictions");
        var isSpent =
            !promotion.Flag("active")
            || promotion.IntOrNull("expires_at") <= tx.Now
            || promotion.Int("times_redeemed") >= (promotion.IntOrNull("max_redemptions") ?? long.MaxValue);
        if (isSpent || (promotion.TextOrNull("customer") is { } owner && owner != customer))
        {
            throw Refused("This promotion code is not valid (any more).");
        }

        if (subtotal < restrictions.IntOrNull("minimum_amount"))
        {
            throw Refused("This promotion code needs a larger order.");
        }

        if (restrictions.Flag("first_time_transaction") && customer is not null && HasPaid(tx, customer))
        {
            throw Refused("This promotion code cannot be redeemed because the customer has prior transactions.");
        }

        return new Grant(Require(tx, CouponOf(tx, promotion)), promotion);
    }

    private static Grant Kept(Transaction tx, string id, string? customer, string parameter)
    {
        var discount = tx.Get(DiscountDocument.Kind, id, parameter);
        return discount.TextOrNull("customer") == customer
            ? new Grant(DiscountDocument.CouponOf(tx, discount), PromotionCode: null) { Existing = discount }
            : throw StripeException.NoSuch(DiscountDocument.Kind, id, parameter);
    }

    /// <summary>What was planned comes about without a new check of its code, unless the coupon is over.</summary>
    private static bool CanStillBeGiven(Transaction tx, JsonObject given)
    {
        if (given.TextOrNull("discount") is { } former)
        {
            return tx.Find(DiscountDocument.Kind, former) is { } discount && DiscountDocument.IsActive(tx, discount);
        }

        var named = given.TextOrNull("promotion_code") is { } code
            ? tx.Find(PromotionCodeRoutes.Kind, code)?.Child("promotion").TextOrNull("coupon")
            : given.TextOrNull("coupon");
        return named is not null && tx.Find(CouponRoutes.Kind, named) is { } coupon && IsValid(tx, coupon);
    }

    private static JsonObject CouponOf(Transaction tx, JsonObject promotion) =>
        tx.Get(CouponRoutes.Kind, promotion.Child("promotion").Text("coupon"), "promotion_code");

    public static bool IsValid(Transaction tx, JsonObject coupon) =>
        !coupon.Flag("deleted")
        && !(coupon.IntOrNull("redeem_by") <= tx.Now)
        && coupon.Int("times_redeemed") < (coupon.IntOrNull("max_redemptions") ?? long.MaxValue);

    /// <summary>Counts that it was given.</summary>
    public static void Count(Transaction tx, Grant grant)
    {
        tx.Change(
            tx.Get(CouponRoutes.Kind, grant.Coupon.Id()),
            change =>
            {
                change["times_redeemed"] = change.Int("times_redeemed") + 1;
                change["valid"] = IsValid(tx, change);
            }
        );
        if (grant.PromotionCode is { } promotion)
        {
            tx.Change(
                tx.Get(PromotionCodeRoutes.Kind, promotion.Id()),
                change => change["times_redeemed"] = change.Int("times_redeemed") + 1
            );
        }
    }

    private static JsonObject Require(Transaction tx, JsonObject coupon) =>
        IsValid(tx, coupon) ? coupon : throw Refused($"Coupon {coupon.Id()} is used up or has expired.");

    private static bool HasPaid(Transaction tx, string customer) =>
        tx.With("invoice", "customer", customer).Any(invoice => invoice.Int("amount_paid") > 0);

    private static StripeException Refused(string message) =>
        StripeException.Invalid(message, "promotion_code", "promotion_code_invalid");
}
