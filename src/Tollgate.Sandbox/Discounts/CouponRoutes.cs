using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Discounts;

/// <summary><c>/v1/coupons</c>: a part or an amount off, once, for some months, or for ever.</summary>
internal static class CouponRoutes
{
    public const string Kind = "coupon";

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/coupons",
            Create,
            Param.Text("id"),
            Param.Int("amount_off", min: 1),
            Param.Group("applies_to", Param.Texts("products")),
            Param.Currency("currency"),
            Param.OneOf("duration", "forever", "once", "repeating"),
            Param.Int("duration_in_months", 1, 120),
            Param.Int("max_redemptions", min: 1),
            Param.Map("metadata"),
            Param.Text("name"),
            Param.Decimal("percent_off"),
            Param.Int("redeem_by", min: 0)
        ),
        Route.List("/v1/coupons", call => ListPage.Of(call, Kind), Param.Range("created")),
        Route.Get("/v1/coupons/{id}", call => Answer.Ok(Current(call))),
        Route.Post("/v1/coupons/{id}", Update, Param.Map("metadata"), Param.Text("name")),
        Route.Delete("/v1/coupons/{id}", Delete),
    ];

    private static Answer Create(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var id = input.TextOrNull("id") ?? Transaction.NewId("c")[2..10];
        if (tx.Find(Kind, id) is { } same && !same.Flag("deleted"))
        {
            throw StripeException.Invalid("Coupon already exists.", "id", "resource_already_exists");
        }

        var percent = Percent(input);
        var amount = input.IntOrNull("amount_off");
        if (percent is null == amount is null)
        {
            throw StripeException.Invalid("Must provide either `percent_off` or `amount_off`.", "percent_off");
        }

        if (amount is not null && input.TextOrNull("currency") is null)
        {
            throw StripeException.Invalid("You must pass currency when passing amount_off", "currency");
        }

        if (amount is { } off)
        {
            Currencies.RequireWhole(off, input.Text("currency"), "amount_off");
        }

        var duration = input.TextOrNull("duration") ?? "once";
        if (duration == "repeating" == input.IntOrNull("duration_in_months") is null)
        {
            throw StripeException.Invalid(
                "`duration_in_months` goes with a `duration` of `repeating`, and only with it.",
                "duration_in_months"
            );
        }

        var coupon = new JsonObject
        {
            ["id"] = id,
            ["object"] = Kind,
            ["amount_off"] = amount,
            ["created"] = tx.Now,
            ["currency"] = amount is null ? null : input.Text("currency"),
            ["duration"] = duration,
            ["duration_in_months"] = input.IntOrNull("duration_in_months"),
            ["livemode"] = false,
            ["max_redemptions"] = input.IntOrNull("max_redemptions"),
            ["metadata"] = Metadata.From(input),
            ["name"] = input.TextOrNull("name"),
            ["percent_off"] = percent,
            ["redeem_by"] = input.IntOrNull("redeem_by"),
            ["times_redeemed"] = 0,
            ["valid"] = true,
        };
        if (input.ChildOrNull("applies_to") is { } limited)
        {
            foreach (var product in limited.Texts("products"))
            {
                tx.Get("product", product, "applies_to[products]");
            }

            coupon["_products"] = limited["products"]?.DeepClone();
        }

        return Answer.Ok(tx.Add(coupon, "coupon.created"));
    }

    private static decimal? Percent(JsonObject input)
    {
        if (input.TextOrNull("percent_off") is not { } given)
        {
            return null;
        }

        var percent = decimal.Parse(given, CultureInfo.InvariantCulture);
        return percent is > 0 and <= 100
            ? percent
            : throw StripeException.Invalid("`percent_off` is more than 0 and at most 100.", "percent_off");
    }

    /// <summary>The coupon with <c>valid</c> as of now.</summary>
    private static JsonObject Current(Call call)
    {
        var coupon = call.Tx.Get(Kind, call.Id).Copy();
        coupon["valid"] = Redemption.IsValid(call.Tx, coupon);
        return coupon;
    }

    private static Answer Update(Call call) =>
        Answer.Ok(
            call.Tx.Change(
                call.Tx.Get(Kind, call.Id),
                change =>
                {
                    Metadata.CopyGiven(change, call.Input, "name");
                    Metadata.Apply(change, call.Input);
                },
                "coupon.updated"
            )
        );

    private static Answer Delete(Call call)
    {
        // Discounts that it gave go on, so it stays known.
        var deleted = call.Tx.Change(call.Tx.Get(Kind, call.Id), change => change["deleted"] = true);
        call.Tx.Emit("coupon.deleted", Undeleted(deleted));
        return Answer.Ok(Deleted.Of(deleted));
    }

    private static JsonObject Undeleted(JsonObject deleted)
    {
        var shown = deleted.Copy();
        shown.Remove("deleted");
        return shown;
    }
}
