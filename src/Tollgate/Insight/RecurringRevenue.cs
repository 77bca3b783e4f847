using Tollgate.Catalog;

namespace Tollgate.Insight;

/// <summary>What seats bring in per month, in each currency. Pure.</summary>
internal static class RecurringRevenue
{
    private const int MonthsOfAYear = 12;

    /// <summary>A year's price counts a twelfth; a currency is rounded once, on its whole.</summary>
    /// <param name="sold">What the book does not know, or not in that currency, brings nothing.</param>
    public static IReadOnlyList<Money> Of(IEnumerable<SoldSeats> sold, PriceBook prices) =>
        [
            .. sold.Select(seats => PerYear(seats, prices))
                .OfType<Money>()
                .GroupBy(revenue => revenue.Currency)
                .Select(currency => new Money(Monthly(currency.Sum(revenue => revenue.AmountMinor)), currency.Key))
                .Where(revenue => revenue.AmountMinor != 0)
                .OrderBy(revenue => revenue.Currency, StringComparer.Ordinal),
        ];

    /// <summary>Whether it is in the revenue.</summary>
    public static bool Knows(SoldSeats sold, PriceBook prices) => PerYear(sold, prices) is not null;

    private static Money? PerYear(SoldSeats sold, PriceBook prices) =>
        prices.TryRecognise(sold.PriceId, out var known) && UnitOf(known.Price, sold.Currency) is { } unit
            ? unit with
            {
                AmountMinor =
                    unit.AmountMinor * sold.Seats * (known.Price.Interval == BillingInterval.Year ? 1 : MonthsOfAYear),
            }
            : null;

    private static Money? UnitOf(PlanPrice price, string? currency) =>
        currency is null ? price.UnitAmount : price.In(currency);

    private static long Monthly(long perYear) => (long)Math.Round((decimal)perYear / MonthsOfAYear);
}

/// <param name="PriceId">Stripe's.</param>
/// <param name="Currency">Null for states from before it was kept: the catalog's first.</param>
internal readonly record struct SoldSeats(string PriceId, long Seats, string? Currency = null);
