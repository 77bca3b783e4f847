using System.Collections.Frozen;
using System.Globalization;

namespace Tollgate;

/// <summary>
/// An amount in the currency's minor unit (cents for <c>usd</c>). Arithmetic is checked: an overflow throws.
/// </summary>
/// <param name="AmountMinor">Minor units; negative for a credit.</param>
/// <param name="Currency">ISO 4217 code in lower case, as Stripe spells it.</param>
public readonly record struct Money(long AmountMinor, string Currency)
{
    public static Money Usd(long amountMinor) => new(amountMinor, "usd");

    public static Money operator +(Money left, Money right) => new(left.AmountMinor + right.In(left), left.Currency);

    public static Money operator *(Money price, int quantity) =>
        price with
        {
            AmountMinor = price.AmountMinor * quantity,
        };

    /// <summary>For people who run it: <c>20.00 usd</c>, <c>1600 jpy</c>.</summary>
    public string ToText()
    {
        var digits =
            WithoutMinorUnit.Contains(Currency) ? 0
            : WithThousandths.Contains(Currency) ? 3
            : 2;
        var major = AmountMinor / (decimal)Math.Pow(10, digits);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{major.ToString($"F{digits}", CultureInfo.InvariantCulture)} {Currency}"
        );
    }

    // https://docs.stripe.com/currencies: ISO 4217, but for isk and ugx, which Stripe goes on counting in hundredths
    private static readonly FrozenSet<string> WithoutMinorUnit = FrozenSet.ToFrozenSet([
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
        "vnd",
        "vuv",
        "xaf",
        "xof",
        "xpf",
    ]);

    private static readonly FrozenSet<string> WithThousandths = FrozenSet.ToFrozenSet([
        "bhd",
        "jod",
        "kwd",
        "omr",
        "tnd",
    ]);

    private long In(Money other) =>
        string.Equals(Currency, other.Currency, StringComparison.Ordinal)
            ? AmountMinor
            : throw new InvalidOperationException($"{Currency} cannot be added to {other.Currency}.");
}
