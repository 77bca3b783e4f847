using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Discounts;

/// <summary><c>/v1/promotion_codes</c>: what a customer types to get a coupon.</summary>
internal static class PromotionCodeRoutes
{
    public const string Kind = "promotion_code";

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/promotion_codes",
            Create,
            Param.Group("promotion", Param.OneOf("type", "coupon").Required(), Param.Text("coupon").Required()),
            // As older versions, and Stripe's own command line, name it.
            Param.Text("coupon"),
            Param.Flag("active"),
            Param.Text("code"),
            Param.Text("customer"),
            Param.Int("expires_at", min: 0),
            Param.Int("max_redemptions", min: 1),
            Param.Map("metadata"),
            Param.Group(
                "restrictions",
                Param.Flag("first_time_transaction"),
                Param.Int("minimum_amount", min: 0),
                Param.Text("minimum_amount_currency")
            )
        ),
        Route.List(
            "/v1/promotion_codes",
            List,
            Param.Flag("active"),
            Param.Text("code"),
            Param.Text("coupon"),
            Param.Text("customer"),
            Param.Range("created")
        ),
        Route.Get("/v1/promotion_codes/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post("/v1/promotion_codes/{id}", Update, Param.Flag("active"), Param.Map("metadata")),
    ];

    private static JsonObject CouponOf(Transaction tx, JsonObject input) =>
        input.ChildOrNull("promotion") is { } promotion
            ? tx.Get(CouponRoutes.Kind, promotion.Text("coupon"), "promotion[coupon]")
        : input.TextOrNull("coupon") is { } coupon ? tx.Get(CouponRoutes.Kind, coupon, "coupon")
        : throw StripeException.Invalid("Missing required param: promotion.", "promotion", "parameter_missing");

    private static Answer Create(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var coupon = CouponOf(tx, input);
        var code = input.TextOrNull("code") ?? Transaction.NewId("x")[2..10].ToUpperInvariant();
        if (input.TextOrNull("customer") is { } customer)
        {
            tx.Get("customer", customer, "customer");
        }

        if (Named(tx, code) is not null)
        {
            throw StripeException.Invalid("An active promotion code with this code already exists.", "code");
        }

        var restrictions = input.ChildOrNull("restrictions");
        return Answer.Ok(
            tx.Add(
                new JsonObject
                {
                    ["id"] = Transaction.NewId("promo"),
                    ["object"] = Kind,
                    ["active"] = input.FlagOrNull("active") ?? true,
                    ["code"] = code,
                    ["created"] = tx.Now,
                    ["customer"] = input.TextOrNull("customer"),
                    ["customer_account"] = null,
                    ["expires_at"] = input.IntOrNull("expires_at"),
                    ["livemode"] = false,
                    ["max_redemptions"] = input.IntOrNull("max_redemptions"),
                    ["metadata"] = Metadata.From(input),
                    ["promotion"] = new JsonObject { ["coupon"] = coupon.Id(), ["type"] = "coupon" },
                    ["restrictions"] = new JsonObject
                    {
                        ["first_time_transaction"] = restrictions?.Flag("first_time_transaction") ?? false,
                        ["minimum_amount"] = restrictions?.IntOrNull("minimum_amount"),
                        ["minimum_amount_currency"] = restrictions?.TextOrNull("minimum_amount_currency"),
                    },
                    ["times_redeemed"] = 0,
                },
                "promotion_code.created"
            )
        );
    }

    /// <summary>The active code that a customer typed, whatever its case; null if there is none.</summary>
    public static JsonObject? Named(Transaction tx, string code) =>
        tx.NewestFirst(Kind)
            .FirstOrDefault(promotion =>
                promotion.Flag("active")
                && string.Equals(promotion.Text("code"), code, StringComparison.OrdinalIgnoreCase)
            );

    private static Answer List(Call call)
    {
        var input = call.Input;
        return ListPage.Of(
            call,
            Kind,
            promotion =>
                (input.FlagOrNull("active") is not { } active || promotion.Flag("active") == active)
                && (input.TextOrNull("code") is not { } code || promotion.Text("code") == code)
                && (
                    input.TextOrNull("coupon") is not { } coupon
                    || promotion.Child("promotion").Text("coupon") == coupon
                )
                && (input.TextOrNull("customer") is not { } customer || promotion.TextOrNull("customer") == customer)
                && ListPage.InRange(promotion, input, "created")
        );
    }

    private static Answer Update(Call call) =>
        Answer.Ok(
            call.Tx.Change(
                call.Tx.Get(Kind, call.Id),
                change =>
                {
                    change["active"] = call.Input.FlagOrNull("active") ?? change.Flag("active");
                    Metadata.Apply(change, call.Input);
                },
                "promotion_code.updated"
            )
        );
}
