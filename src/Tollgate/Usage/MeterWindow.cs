namespace Tollgate.Usage;

/// <summary>
/// The arithmetic of rolling windows, in closed form (decision U3): whoever computes it, whenever, gets the same end.
/// </summary>
internal static class MeterWindow
{
    /// <summary>
    /// The end of the window that <paramref name="now"/> lies in: a window that was never opened opens now; one that
    /// has ended moves by whole lengths from its previous end until that lies in the future.
    /// </summary>
    public static DateTimeOffset EndAt(DateTimeOffset? endsAt, TimeSpan length, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        if (endsAt is not { } end)
        {
            return now + length;
        }

        return HasEnded(end, now) ? end + length * ((now - end).Ticks / length.Ticks + 1) : end;
    }

    /// <summary>A window ends at its end: that instant belongs to the next one.</summary>
    public static bool HasEnded(DateTimeOffset endsAt, DateTimeOffset now) => endsAt <= now;
}
