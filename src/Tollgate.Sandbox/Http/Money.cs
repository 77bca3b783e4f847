using System.Globalization;

namespace Tollgate.Sandbox.Http;

/// <summary>Amounts in words, for descriptions and pages.</summary>
internal static class Money
{
    private static readonly HashSet<string> WithoutMinorUnits = new(StringComparer.Ordinal)
    {
        "bif",
        "clp",
        "djf",
        "gnf",
        "jpy",
        "kmf",
        "krw",
        "mga",
        "pyg",
        "rwf",
        "ugx",
        "vnd",
        "vuv",
        "xaf",
        "xof",
        "xpf",
    };

    /// <summary>Digits after the point, e.g. 2 for usd.</summary>
    public static int Digits(string currency) => WithoutMinorUnits.Contains(currency) ? 0 : 2;

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
        var digits = Digits(currency);
        var major = digits == 0 ? minor : minor / 100m;
        var sign = minor < 0 ? "-" : "";
        return sign + Symbol(currency) + Math.Abs(major).ToString("N" + digits, CultureInfo.InvariantCulture);
    }
}
