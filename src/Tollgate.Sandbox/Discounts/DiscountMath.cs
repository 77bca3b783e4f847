using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Discounts;

/// <summary>What a coupon takes off a list of amounts, in minor units.</summary>
internal static class DiscountMath
{
    /// <summary>
    /// A percentage is rounded per amount, half away from zero. A fixed amount is split by share, earlier shares
    /// rounded down and the rest on the last: 500 off 1000 and 2000 is 166 and 334.
    /// </summary>
    public static IReadOnlyList<long> Split(JsonObject coupon, IReadOnlyList<long> amounts, string currency)
    {
        if (PercentOf(coupon) is { } percent)
        {
            return [.. amounts.Select(amount => Currencies.Round(amount * percent / 100, currency))];
        }

        var whole = amounts.Sum();
        var off = Math.Min(coupon.Int("amount_off"), whole);
        var step = Currencies.Step(currency);
        var shares = amounts
            .Select(amount => whole == 0 ? 0 : step * (long)Math.Floor((decimal)off * amount / whole / step))
            .ToArray();
        if (shares.Length > 0)
        {
            shares[^1] += off - shares.Sum();
        }

        return shares;
    }

    /// <summary>Null for a fixed amount.</summary>
    public static decimal? PercentOf(JsonObject coupon) =>
        coupon["percent_off"] is JsonValue value
            ? decimal.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)
            : null;

    public static bool AppliesTo(JsonObject coupon, string? product) =>
        coupon["_products"] is not JsonArray
        || (product is not null && coupon.Texts("_products").Contains(product, StringComparer.Ordinal));
}
