using System.Collections.Frozen;
using System.Text.Json;

namespace Tollgate;

/// <summary>
/// How Stripe counts each currency that it takes (https://docs.stripe.com/currencies): read from the one table that the
/// pages and the Sandbox read too. ISO 4217 and the browsers count some of them otherwise.
/// </summary>
internal static class CurrencyTable
{
    private static readonly Counted Usual = new(2, 1);
    private static readonly FrozenDictionary<string, Counted> Known = Read();

    public static bool Knows(string currency) => Known.ContainsKey(currency);

    /// <summary>Digits of the minor unit; 2 for a currency that is not known.</summary>
    public static int Decimals(string currency) => Of(currency).Decimals;

    /// <summary>What an amount that is charged is a multiple of, in minor units.</summary>
    public static long Step(string currency) => Of(currency).Step;

    private static Counted Of(string currency) => Known.GetValueOrDefault(currency, Usual);

    private static FrozenDictionary<string, Counted> Read()
    {
        using var file = typeof(CurrencyTable).Assembly.GetManifestResourceStream("currencies.json")!;
        using var table = JsonDocument.Parse(file);
        return Codes("zeroDecimal", new Counted(0, 1))
            .Concat(Codes("twoDecimal", new Counted(2, 1)))
            // no coin is less than a whole one, which the API goes on calling 100
            .Concat(Codes("wholeTwoDecimal", new Counted(2, 100)))
            // the last digit is always 0
            .Concat(Codes("threeDecimal", new Counted(3, 10)))
            .ToFrozenDictionary();

        IEnumerable<KeyValuePair<string, Counted>> Codes(string name, Counted counted) =>
            table
                .RootElement.GetProperty(name)
                .GetString()!
                .Split(' ')
                .Select(code => KeyValuePair.Create(code, counted));
    }

    private sealed record Counted(int Decimals, long Step);
}
