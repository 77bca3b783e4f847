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

    /// <summary>
    /// For people who run it: <c>20.00 usd</c>, <c>1600 jpy</c>, <c>1500 isk</c> (which Stripe counts in hundredths and
    /// charges whole).
    /// </summary>
    public string ToText()
    {
        var decimals = CurrencyTable.Decimals(Currency);
        var major = AmountMinor / (decimal)Math.Pow(10, decimals);
        var shown = CurrencyTable.Step(Currency) == 100 && decimal.IsInteger(major) ? 0 : decimals;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{major.ToString($"F{shown}", CultureInfo.InvariantCulture)} {Currency}"
        );
    }

    private long In(Money other) =>
        string.Equals(Currency, other.Currency, StringComparison.Ordinal)
            ? AmountMinor
            : throw new InvalidOperationException($"{Currency} cannot be added to {other.Currency}.");
}
