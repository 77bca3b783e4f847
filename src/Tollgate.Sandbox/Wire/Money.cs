using System.Globalization;

namespace Tollgate.Sandbox.Wire;

/// <summary>Amounts in words, for descriptions and pages.</summary>
internal static class Money
{
    /// <summary>Digits that are shown after the point: none of a currency that has no coin below its unit.</summary>
    public static int Digits(string currency) => Currencies.Step(currency) == 100 ? 0 : Currencies.Decimals(currency);

    public static string Symbol(string currency) =>
        currency switch
        {
            "usd" => "$",
            "eur" => "€",
            "gbp" => "£",
            "jpy" => "¥",
            _ => currency.ToUpperInvariant() + " ",
        };

    /// <summary>E.g. <c>$1,234.50</c> for 123450 usd.</summary>
    public static string Format(decimal minor, string currency)
    {
        var major = minor / (decimal)Math.Pow(10, Currencies.Decimals(currency));
        var sign = minor < 0 ? "-" : "";
        var shown = Math.Abs(major).ToString("N" + Digits(currency), CultureInfo.InvariantCulture);
        return sign + Symbol(currency) + shown;
    }
}
