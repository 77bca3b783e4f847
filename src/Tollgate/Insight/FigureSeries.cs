using Tollgate.Catalog;
using Tollgate.Usage;

namespace Tollgate.Insight;

/// <summary>Adds changes up to what stood at the end of each day, and days up to months. Pure.</summary>
internal static class FigureSeries
{
    /// <summary>
    /// One point a day from the first day that any row covers, but not before <paramref name="from"/>: a history that
    /// nobody wrote down is not made up.
    /// </summary>
    /// <param name="paying">All changes; those before the first day give what stood at its beginning.</param>
    public static IReadOnlyList<FigurePoint> Of(
        DateOnly from,
        DateOnly until,
        IReadOnlyList<PayingChange> paying,
        IReadOnlyList<FailureDay> failures,
        IReadOnlyList<MeterDay> usage,
        PriceBook prices
    )
    {
        var listed = paying
            .Select(change => change.Day)
            .Concat(failures.Select(failure => failure.Day))
            .Concat(usage.Select(used => used.Day))
            .DefaultIfEmpty(until.AddDays(1))
            .Min();
        var first = listed > from ? listed : from;
        var changes = paying.ToLookup(change => change.Day > first ? change.Day : first);
        var failed = failures.ToDictionary(failure => failure.Day);
        var used = usage.ToLookup(one => one.Day);
        var open = new Dictionary<(string PriceId, string? Currency), (long Subscriptions, long Seats)>();
        var points = new List<FigurePoint>();
        for (var day = first; day <= until; day = day.AddDays(1))
        {
            foreach (var change in changes[day])
            {
                var sold = (change.PriceId ?? string.Empty, change.Currency);
                var (subscriptions, seats) = open.GetValueOrDefault(sold);
                open[sold] = (subscriptions + change.Subscriptions, seats + change.Seats);
            }

            points.Add(PointOf(day, open, failed.GetValueOrDefault(day), used[day], prices));
        }

        return points;
    }

    public static IReadOnlyList<FigurePoint> ByMonth(IEnumerable<FigurePoint> days) =>
        [
            .. days.GroupBy(point => new DateOnly(point.Date.Year, point.Date.Month, 1))
                .Select(month =>
                    month.Last() with
                    {
                        Date = month.Key,
                        Failed = month.Sum(day => day.Failed),
                        Recovered = month.Sum(day => day.Recovered),
                        Lost = month.Sum(day => day.Lost),
                        Usage = month
                            .SelectMany(day => day.Usage)
                            .GroupBy(used => used.Key)
                            .ToDictionary(meter => meter.Key, meter => meter.Sum(used => used.Value)),
                    }
                ),
        ];

    private static FigurePoint PointOf(
        DateOnly day,
        Dictionary<(string PriceId, string? Currency), (long Subscriptions, long Seats)> open,
        FailureDay? failures,
        IEnumerable<MeterDay> usage,
        PriceBook prices
    ) =>
        new(
            day,
            RecurringRevenue.Of(
                open.Select(one => new SoldSeats(one.Key.PriceId, one.Value.Seats, one.Key.Currency)),
                prices
            ),
            open.Values.Sum(one => one.Seats),
            open.Where(one => one.Value.Subscriptions > 0)
                .Where(one => prices.TryRecognise(one.Key.PriceId, out _))
                .GroupBy(one => prices.TryRecognise(one.Key.PriceId, out var known) ? known.Plan.Id : string.Empty)
                .ToDictionary(plan => plan.Key, plan => plan.Sum(one => one.Value.Subscriptions)),
            failures?.Failed ?? 0,
            failures?.Recovered ?? 0,
            failures?.Lost ?? 0,
            usage.ToDictionary(used => used.Meter, used => (long)used.Count)
        );
}
