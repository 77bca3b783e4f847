using System.Globalization;

namespace Tollgate.Catalog;

/// <summary>A length of time as a catalog's file has it: <c>30d</c>, <c>24h</c>, <c>90m</c>, <c>10s</c>.</summary>
internal static class CatalogSpan
{
    private const int DigitsMax = 7;
    private const string CalendarMonth = "calendar_month";

    private static readonly (TimeSpan Length, char Letter)[] Units =
    [
        (TimeSpan.FromDays(1), 'd'),
        (TimeSpan.FromHours(1), 'h'),
        (TimeSpan.FromMinutes(1), 'm'),
        (TimeSpan.FromSeconds(1), 's'),
    ];

    /// <summary>Of text that the schema's pattern has let through.</summary>
    public static TimeSpan Read(string text) =>
        Units.First(unit => unit.Letter == text[^1]).Length * int.Parse(text[..^1], CultureInfo.InvariantCulture);

    /// <summary>Of text that the schema's pattern has let through.</summary>
    public static WindowLength ReadWindow(string text) =>
        text == CalendarMonth ? WindowLength.CalendarMonth : Read(text);

    /// <summary>In the largest unit that it is a whole number of.</summary>
    /// <exception cref="ArgumentException">
    /// A part of a second, less than nothing, or more digits than there may be: the file cannot say it.
    /// </exception>
    public static string Write(TimeSpan span)
    {
        var (length, letter) = Units.FirstOrDefault(unit => span.Ticks % unit.Length.Ticks == 0);
        var count = length == TimeSpan.Zero ? -1 : span.Ticks / length.Ticks;
        var digits = count.ToString(CultureInfo.InvariantCulture);
        return count < 0 || digits.Length > DigitsMax
            ? throw new ArgumentException(
                $"No catalog file can say {span}: whole units, of at most 7 digits.",
                nameof(span)
            )
            : digits + letter;
    }

    public static string WriteWindow(WindowLength window) =>
        window.Rolling is { } rolling ? Write(rolling) : CalendarMonth;
}
