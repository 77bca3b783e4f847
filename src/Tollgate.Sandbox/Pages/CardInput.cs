using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Pages;

/// <summary>What a card form sends, and the payment method that it makes.</summary>
internal static class CardInput
{
    public static readonly Param[] Known =
    [
        Param.Text("email"),
        Param.Text("name"),
        Param.Text("number").Required(),
        Param.Text("expiry").Required(),
        Param.Text("cvc").Required(),
        Param.Flag("authenticated"),
    ];

    /// <summary>Those of a page that may ask for no card.</summary>
    public static readonly Param[] Optional = [.. Known.Select(param => param with { IsRequired = false })];

    /// <summary>A payment method of nobody yet.</summary>
    /// <exception cref="StripeException">402 for a card that cannot be.</exception>
    public static JsonObject Method(Transaction tx, JsonObject input)
    {
        var (month, year) = Expiry(input.Text("expiry"));
        var billing = new JsonObject { ["email"] = input.TextOrNull("email"), ["name"] = input.TextOrNull("name") };
        return PaymentMethodDocument.AddTyped(tx, input.Text("number"), month, year, input.Text("cvc"), billing);
    }

    public static Presence PresenceOf(JsonObject input) =>
        input.Flag("authenticated") ? Presence.Authenticated : Presence.OnSession;

    /// <summary>"12 / 34" as month and year; what cannot be read is left to the card's own checks.</summary>
    private static (long Month, long Year) Expiry(string text)
    {
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        return digits.Length is 4 or 6
            ? (
                long.Parse(digits[..2], CultureInfo.InvariantCulture),
                long.Parse(digits[2..], CultureInfo.InvariantCulture)
            )
            : (0, 0);
    }
}
