using System.Text.Json;

namespace Tollgate.Sandbox.Wire;

/// <summary>
/// The currencies that Stripe takes (https://docs.stripe.com/currencies), how it counts each, and what of it a card can
/// be charged.
/// </summary>
internal static class Currencies
{
    private static readonly Dictionary<string, Counted> Known = ReadTable();

    // as Stripe lists them
    private static readonly string Listed = string.Join(
        ", ",
        Known.Keys.OrderBy(code => code != "usd").ThenBy(code => code, StringComparer.Ordinal)
    );

    /// <summary>In lower case; 400 for what is none.</summary>
    public static string Read(string text, string parameter)
    {
        var currency = text.ToLowerInvariant();
        return Known.ContainsKey(currency)
            ? currency
            : throw StripeException.Invalid(
                $"Invalid currency: {currency}. Stripe currently supports these currencies: {Listed}",
                parameter
            );
    }

    /// <summary>Digits of the minor unit, e.g. 2 for usd.</summary>
    public static int Decimals(string currency) => Known[currency].Decimals;

    /// <summary>What an amount that is charged is a multiple of, in minor units.</summary>
    public static long Step(string currency) => Known[currency].Step;

    /// <summary>The nearest amount that can be charged, half away from zero.</summary>
    public static long Round(decimal minor, string currency)
    {
        var step = Step(currency);
        return step * (long)Math.Round(minor / step, MidpointRounding.AwayFromZero);
    }

    /// <summary>Refuses an amount between two that can be charged; 400.</summary>
    public static void RequireWhole(long amount, string currency, string parameter)
    {
        var step = Step(currency);
        if (amount % step == 0)
        {
            return;
        }

        var name = currency.ToUpperInvariant();
        throw step == 10
            ? StripeException.Invalid(
                $"Invalid amount. {name} is a three-decimal currency, and the last digit of an amount must be 0. See "
                    + "https://docs.stripe.com/currencies#three-decimal for more information.",
                parameter
            )
            : StripeException.Invalid(
                $"Invalid amount. Currency {name} has become effectively zero-decimal and charged amounts must be "
                    + $"evenly divisible by {step}. See https://docs.stripe.com/currencies#special-cases for more "
                    + "information.",
                parameter,
                "invalid_charge_amount_no_decimal_compatible"
            );
    }

    /// <summary>Refuses what costs more to charge than it is; 400.</summary>
    public static void RequireChargeable(long amount, string currency)
    {
        var (least, name) = currency switch
        {
            "usd" => (50, "$0.50 usd"),
            "eur" => (50, "€0.50 eur"),
            "gbp" => (30, "£0.30 gbp"),
            "jpy" => (50, "¥50 jpy"),
            _ => (0, ""),
        };
        if (amount < least)
        {
            throw StripeException.Invalid($"Amount must be at least {name}", "amount", "amount_too_small");
        }

        RequireWhole(amount, currency, "amount");
    }

    private static Dictionary<string, Counted> ReadTable()
    {
        using var file = typeof(Currencies).Assembly.GetManifestResourceStream("currencies.json")!;
        using var table = JsonDocument.Parse(file);
        var known = new Dictionary<string, Counted>(StringComparer.Ordinal);
        Add("zeroDecimal", new Counted(0, 1));
        Add("twoDecimal", new Counted(2, 1));
        Add("wholeTwoDecimal", new Counted(2, 100));
        Add("threeDecimal", new Counted(3, 10));
        return known;

        void Add(string name, Counted counted)
        {
            foreach (var code in table.RootElement.GetProperty(name).GetString()!.Split(' '))
            {
                known.Add(code, counted);
            }
        }
    }

    private sealed record Counted(int Decimals, long Step);
}
