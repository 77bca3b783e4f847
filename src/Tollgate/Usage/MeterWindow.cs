using Tollgate.Catalog;

namespace Tollgate.Usage;

/// <summary>
/// The arithmetic of windows, in closed form (decision U3): whoever computes it, whenever, gets the same end.
/// </summary>
internal static class MeterWindow
{
    /// <summary>
    /// The end of the window that <paramref name="now"/> lies in: a window that was never opened opens now; one that
    /// has ended moves by whole lengths from its previous end until that lies in the future. A month of the calendar
    /// ends where the next one begins, in UTC (decision U4).
    /// </summary>
    public static DateTimeOffset EndAt(DateTimeOffset? endsAt, WindowLength length, DateTimeOffset now)
    {
        if (endsAt is { } known && !HasEnded(known, now))
        {
            return known;
        }

        if (length.Rolling is not { } span)
        {
            return EndOfMonth(now);
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span, TimeSpan.Zero, nameof(length));
        return endsAt is { } end ? end + span * ((now - end).Ticks / span.Ticks + 1) : now + span;
    }

    /// <summary>A window ends at its end: that instant belongs to the next one.</summary>
    public static bool HasEnded(DateTimeOffset endsAt, DateTimeOffset now) => endsAt <= now;

    private static DateTimeOffset EndOfMonth(DateTimeOffset now)
    {
        var utc = now.UtcDateTime;
        return new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
    }
}
