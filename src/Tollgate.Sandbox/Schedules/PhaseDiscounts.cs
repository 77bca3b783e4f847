using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Schedules;

/// <summary>The discounts of a phase: coupons and codes, given when the phase begins.</summary>
internal static class PhaseDiscounts
{
    private const string Name = "discounts";

    /// <exception cref="Http.StripeException">A coupon or a code cannot be given.</exception>
    public static JsonArray Read(Transaction tx, JsonObject given)
    {
        // Looked at now, so that a wrong name is refused; given when the time comes.
        Redemption.Read(tx, given, customer: null, subtotal: null);
        return given
            .Each(Name)
            .Select(discount => new JsonObject
            {
                ["coupon"] = discount.TextOrNull("coupon"),
                ["discount"] = null,
                ["promotion_code"] = discount.TextOrNull("promotion_code"),
            })
            .ToJson();
    }

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
