using System.Globalization;
using System.Text.RegularExpressions;
using ImportCsv.Importers;
using Tollgate;

namespace ImportCsv.Imports;

/// <summary>Whether a value is what its column says. Pure; it knows nothing of other rows.</summary>
internal sealed class RowCheck(ImportColumn column)
{
    private const NumberStyles Number =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Nothing that has a form is longer, and a match takes its time for each character.</summary>
    private const int PatternLengthMax = 1000;

    private static readonly string[] Dates =
    [
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
    ];

    private static readonly string[] Booleans = ["true", "false", "yes", "no", "y", "n", "1", "0"];

    private readonly Regex? pattern = column.Pattern is { } written ? ColumnForm.Compile(written) : null;

    /// <summary>The code of what is wrong; null when nothing is. The value has no white space around it.</summary>
    public string? FindFault(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return column.Required ? "required_missing" : null;
        }

        var fault = column.Type switch
        {
            ColumnType.Number => FindNumberFault(value),
            ColumnType.Integer => long.TryParse(
                value,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var whole
            )
                ? FindRangeFault(whole)
                : "not_an_integer",
            ColumnType.Date => IsDate(value) ? null : "not_a_date",
            ColumnType.Boolean => IsOneOf(Booleans, value, StringComparison.OrdinalIgnoreCase) ? null : "not_a_boolean",
            ColumnType.Email => EmailAddress.IsOne(value) ? null : "not_an_email",
            ColumnType.Url => IsUrl(value.ToString()) ? null : "not_a_url",
            ColumnType.Select => IsOneOf(column.Values ?? [], value, StringComparison.Ordinal) ? null : "not_in_list",
            _ => FindRangeFault(value.Length),
        };
        return fault
            ?? (
                pattern is null || (value.Length <= PatternLengthMax && pattern.IsMatch(value))
                    ? null
                    : "pattern_mismatch"
            );
    }

    public string MessageOf(string code) =>
        code switch
        {
            "required_missing" => $"{column.Label} is missing.",
            "not_a_number" => $"{column.Label} is not a number, like 12.5.",
            "not_an_integer" => $"{column.Label} is not a whole number.",
            "not_a_date" => $"{column.Label} is not a date, like 2026-11-21.",
            "not_a_boolean" => $"{column.Label} is neither true nor false.",
            "not_an_email" => $"{column.Label} is not an e-mail address.",
            "not_a_url" => $"{column.Label} is not an address that begins with https:// or http://.",
            "not_in_list" => $"{column.Label} is none of: {Shortened(string.Join(", ", column.Values ?? []))}.",
            "pattern_mismatch" => $"{column.Label} has another form than it should.",
            "too_small" => $"{column.Label} is below {Text(column.Min)}{Unit}.",
            "too_large" => $"{column.Label} is above {Text(column.Max)}{Unit}.",
            _ => $"{column.Label} is there twice.",
        };

    private string Unit => column.Type is ColumnType.Number or ColumnType.Integer ? "" : " characters";

    private string? FindNumberFault(ReadOnlySpan<char> value) =>
        decimal.TryParse(value, Number, CultureInfo.InvariantCulture, out var number)
            ? FindRangeFault(number)
            : "not_a_number";

    private string? FindRangeFault(decimal number) =>
        number < column.Min ? "too_small"
        : number > column.Max ? "too_large"
        : null;

    private static bool IsDate(ReadOnlySpan<char> value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        || DateTimeOffset.TryParseExact(
            value,
            Dates,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out _
        );

    private static bool IsUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0;

    private static bool IsOneOf(IReadOnlyList<string> legal, ReadOnlySpan<char> value, StringComparison comparison)
    {
        // an enumerator would be garbage for each value of half a million rows
        for (var at = 0; at < legal.Count; at++)
        {
            if (value.Equals(legal[at], comparison))
            {
                return true;
            }
        }

        return false;
    }

    private static string Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Shortened(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
