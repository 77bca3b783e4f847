using Tollgate.Catalog;

namespace Tollgate.Administration;

/// <summary>What seats bring in per month, in each currency. Pure.</summary>
internal static class RecurringRevenue
{
    private const int MonthsOfAYear = 12;

    /// <summary>A year's price counts a twelfth; a currency is rounded once, on its whole.</summary>
    /// <param name="seats">Seats by Stripe's price id; what the book does not know brings nothing.</param>
    public static IReadOnlyList<Money> Of(IEnumerable<KeyValuePair<string, long>> seats, PriceBook prices) =>
        [
            .. seats
                .Select(sold =>
                    prices.TryRecognise(sold.Key, out var known) ? (known.Price, Seats: sold.Value) : default
                )
                .Where(sold => sold.Price is not null)
                .GroupBy(sold => sold.Price.UnitAmount.Currency)
                .Select(currency => new Money(
                    Monthly(currency.Sum(sold => PerYear(sold.Price, sold.Seats))),
                    currency.Key
                ))
                .Where(revenue => revenue.AmountMinor != 0)
                .OrderBy(revenue => revenue.Currency, StringComparer.Ordinal),
        ];

    private static long PerYear(PlanPrice price, long seats) =>
        price.UnitAmount.AmountMinor * seats * (price.Interval == BillingInterval.Year ? 1 : MonthsOfAYear);

    private static long Monthly(long perYear) => (long)Math.Round((decimal)perYear / MonthsOfAYear);
}
