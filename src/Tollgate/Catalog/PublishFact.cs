using System.Globalization;
using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>What one member of an object is at Stripe, and what it is to be; null where there is none.</summary>
/// <param name="Member">As Stripe calls it: <c>unit_amount</c>.</param>
internal sealed record PublishFact(string Member, string? AtStripe, string? InCatalog)
{
    /// <summary>Of an object that is to be made.</summary>
    public PublishFact(string member, string? inCatalog)
        : this(member, AtStripe: null, inCatalog) { }

    public bool IsDifferent() => AtStripe != InCatalog;
}

/// <summary>A price at Stripe beside the catalog's, member by member. Pure.</summary>
internal static class PriceFacts
{
    /// <param name="tax">What it must say of taxes; null where they are not worked out.</param>
    public static IReadOnlyList<PublishFact> OfNew(PlanPrice price, string lookupKey, string? tax) =>
        [
            new("unit_amount", Text(price.UnitAmount.AmountMinor, price.UnitAmount.Currency)),
            .. price.Also.Select(amount => new PublishFact(OptionOf(amount), Text(amount.AmountMinor))),
            new("recurring.interval", PublishPrice.Interval(price)),
            new("lookup_key", lookupKey),
            new("tax_behavior", tax),
        ];

    /// <summary>What is so for ever: where one of them is different, another price is made.</summary>
    public static IReadOnlyList<PublishFact> ForEver(StripePrice known, PlanPrice price, string? tax) =>
        [
            new(
                "unit_amount",
                Text(known.UnitAmount, known.Currency),
                Text(price.UnitAmount.AmountMinor, price.UnitAmount.Currency)
            ),
            .. from amount in price.Also
            where known.CurrencyOptions.ContainsKey(amount.Currency)
            let option = known.CurrencyOptions[amount.Currency]
            select new PublishFact(OptionOf(amount), Text(option.UnitAmount), Text(amount.AmountMinor)),
            new(
                "recurring.interval",
                known.IntervalCount is 1 or null ? known.Interval : $"{known.IntervalCount} {known.Interval}",
                PublishPrice.Interval(price)
            ),
            new("active", known.Active ? "true" : "false", "true"),
            .. TaxOf(known, tax, isUnsaid: false),
        ];

    /// <summary>What can be added to it.</summary>
    public static IReadOnlyList<PublishFact> Addable(StripePrice known, PlanPrice price, string? tax) =>
        [
            .. TaxOf(known, tax, isUnsaid: true),
            .. from amount in Missing(known, price, tax)
            let option = known.CurrencyOptions.GetValueOrDefault(amount.Currency)
            select option is null
                ? new PublishFact(OptionOf(amount), Text(amount.AmountMinor))
                : new PublishFact($"{OptionOf(amount)}.tax_behavior", option.TaxBehavior, tax),
        ];

    /// <summary>
    /// The currencies that it lacks, or has without saying whether the amount is net or gross.
    /// </summary>
    public static IReadOnlyList<Money> Missing(StripePrice known, PlanPrice price, string? tax) =>
        [
            .. price.Also.Where(amount =>
                !known.CurrencyOptions.TryGetValue(amount.Currency, out var option)
                || (tax is not null && option.TaxBehavior != tax)
            ),
        ];

    private static IEnumerable<PublishFact> TaxOf(StripePrice known, string? tax, bool isUnsaid) =>
        tax is not null && (known.TaxBehavior is null or "unspecified") == isUnsaid
            ? [new PublishFact("tax_behavior", known.TaxBehavior, tax)]
            : [];

    private static string OptionOf(Money amount) => $"currency_options.{amount.Currency}";

    private static string Text(long? minor, string currency) => $"{Text(minor)} {currency}";

    private static string Text(long? minor) =>
        minor?.ToString(CultureInfo.InvariantCulture) ?? "a fraction of the minor unit";
}
