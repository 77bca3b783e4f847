namespace Tollgate.Sandbox.Engine;

/// <summary>Where billing periods begin and end. All times are unix seconds in UTC.</summary>
internal static class BillingCalendar
{
    /// <summary>
    /// The first period boundary after a moment, counted from the anchor: an anchor on the 31st falls on the last day
    /// of a shorter month and comes back to the 31st in the next long one.
    /// </summary>
    public static long BoundaryAfter(long anchor, string interval, int count, long moment)
    {
        var periods = Math.Max(0, Estimate(anchor, interval, count, moment) - 1);
        while (Boundary(anchor, interval, count, periods) <= moment)
        {
            periods++;
        }

        return Boundary(anchor, interval, count, periods);
    }

    private static long Boundary(long anchor, string interval, int count, long periods)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(anchor);
        var units = checked((int)(periods * count));
        var end = interval switch
        {
            "day" => start.AddDays(units),
            "week" => start.AddDays(7L * units),
            "month" => start.AddMonths(units),
            "year" => start.AddMonths(12 * units),
            _ => throw new InvalidOperationException($"Unknown interval '{interval}'"),
        };
        return end.ToUnixTimeSeconds();
    }

    private static long Estimate(long anchor, string interval, int count, long moment)
    {
        const long day = 86_400;
        var longest = interval switch
        {
            "day" => day,
            "week" => 7 * day,
            "month" => 31 * day,
            _ => 366 * day,
        };
        return (moment - anchor) / (longest * count);
    }
}
