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

    private long In(Money other) =>
        string.Equals(Currency, other.Currency, StringComparison.Ordinal)
            ? AmountMinor
            : throw new InvalidOperationException($"{Currency} cannot be added to {other.Currency}.");
}
