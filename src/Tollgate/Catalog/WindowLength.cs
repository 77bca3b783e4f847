namespace Tollgate.Catalog;

/// <summary>How long a meter's window lasts: a span of time from the first use, or a month of the calendar.</summary>
public readonly record struct WindowLength
{
    /// <summary>Until the next first of a month, 00:00 UTC, whenever the first use was.</summary>
    public static WindowLength CalendarMonth => default;

    /// <summary>From the first use, and again from each end; null for a month of the calendar.</summary>
    public TimeSpan? Rolling { get; private init; }

    public static implicit operator WindowLength(TimeSpan rolling) => new() { Rolling = rolling };
}
