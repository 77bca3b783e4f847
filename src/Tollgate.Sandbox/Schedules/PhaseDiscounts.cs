using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Schedules;

/// <summary>The discounts of a phase: coupons and codes, given when the phase begins.</summary>
internal static class PhaseDiscounts
{
    private const string Name = "discounts";

    /// <exception cref="Wire.StripeException">A coupon or a code cannot be given.</exception>
    /// <param name="customer">Whose discounts can be kept; null while that is not known.</param>
    public static JsonArray Read(Transaction tx, JsonObject given, string? customer)
    {
        // Looked at now, so that a wrong name is refused; given when the time comes.
        var kept = new JsonObject { [Name] = given.Each(Name).Where(IsKept).Select(one => one.Copy()).ToJson() };
        var named = new JsonObject
        {
            [Name] = given.Each(Name).Where(one => !IsKept(one)).Select(one => one.Copy()).ToJson(),
        };
        Redemption.Read(tx, kept, customer, subtotal: null);
        Redemption.Read(tx, named, customer: null, subtotal: null);
        return given
            .Each(Name)
            .Select(discount => new JsonObject
            {
                ["coupon"] = discount.TextOrNull("coupon"),
                ["discount"] = discount.TextOrNull("discount"),
                ["promotion_code"] = discount.TextOrNull("promotion_code"),
            })
            .ToJson();
    }

    /// <summary>Whether it is one that was given already, and goes on.</summary>
    private static bool IsKept(JsonObject discount) => discount.TextOrNull("discount") is not null;

    /// <summary>Those that a subscription has, by their ids.</summary>
    public static JsonArray Of(JsonObject subscription) =>
        subscription
            .Texts(Name)
            .Select(id => new JsonObject
            {
                ["coupon"] = null,
                ["discount"] = id,
                ["promotion_code"] = null,
            })
            .ToJson();

    /// <summary>In the words of a request; what has ended since it was planned is left out of it.</summary>
    public static JsonArray AsPlanned(JsonObject phase)
    {
        var discounts = (JsonArray)phase[Name]!.DeepClone();
        foreach (var discount in discounts.OfType<JsonObject>())
        {
            discount[Redemption.Planned] = true;
        }

        return discounts;
    }
}
