using System.Globalization;
using System.Text.RegularExpressions;
using ImportCsv.Csv;
using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Importers;

/// <summary>An importer as its owner describes it, and whether that can be.</summary>
internal sealed record ImporterForm(
    string Name,
    IReadOnlyList<ImportColumn> Columns,
    IReadOnlyList<string>? AllowedOrigins = null,
    bool ShowBadge = true,
    string? CustomCss = null,
    string? CallbackUrl = null,
    string? Delimiter = null
)
{
    private const int ColumnsMax = 200;
    private const int OriginsMax = 50;

    /// <summary>The importer with what the form says, or why not.</summary>
    public Outcome<Importer> Fill(Importer importer)
    {
        if (FindFault() is { } fault)
        {
            return new InvalidRequest(fault);
        }

        var css = string.IsNullOrWhiteSpace(CustomCss) ? "" : Importers.CustomCss.Read(CustomCss);
        if (css.Refusal is { } refusal)
        {
            return refusal;
        }

        var delimiter = CsvDelimiter.Read(Delimiter);
        if (delimiter.Refusal is { } unknown)
        {
            return unknown;
        }

        return importer with
        {
            Name = Name.Trim(),
            Columns = [.. Columns],
            AllowedOrigins = [.. (AllowedOrigins ?? []).Select(origin => EmbeddingOrigin.Read(origin)!).Distinct()],
            ShowBadge = ShowBadge,
            CustomCss = css.Value is { Length: > 0 } written ? written : null,
            CallbackUrl = string.IsNullOrWhiteSpace(CallbackUrl) ? null : CallbackUrl.Trim(),
            Delimiter = delimiter.Value,
        };
    }

    private string? FindFault()
    {
        if (Name.Trim() is not { Length: > 0 and <= 100 } name || name.Any(char.IsControl))
        {
            return "Name the importer, in at most 100 characters.";
        }

        if (Columns.Count is 0 or > ColumnsMax || Columns.Contains(null!))
        {
            return $"An importer has 1 to {ColumnsMax} columns.";
        }

        if (Columns.GroupBy(column => column.Key).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
        {
            return $"The column {twice} is there twice.";
        }

        var origins = AllowedOrigins ?? [];
        if (origins.Count > OriginsMax || origins.Any(origin => origin is null || EmbeddingOrigin.Read(origin) is null))
        {
            return $"Origins look like https://example.com, without a path; at most {OriginsMax} of them.";
        }

        if (!string.IsNullOrWhiteSpace(CallbackUrl) && !IsCallback(CallbackUrl.Trim()))
        {
            return "A callback goes to an https address.";
        }

        return Columns.Select(ColumnForm.FindFault).FirstOrDefault(fault => fault is not null);
    }

    private static bool IsCallback(string text) =>
        text.Length <= 2000
        && !text.Any(char.IsControl)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "https", UserInfo: "", IsLoopback: false };
}

/// <summary>Whether a column can be.</summary>
internal static partial class ColumnForm
{
    private const int ValuesMax = 500;
    private const int CharactersMax = 200;
    private const int RepeatsMax = 1000;

    public static string? FindFault(ImportColumn column)
    {
        if (!Key().IsMatch(column.Key))
        {
            return "A column's key is a small letter, then up to 62 small letters, digits and underscores.";
        }

        return !IsText(column.Label, least: 1)
                ? $"The column {column.Key} needs a label of at most {CharactersMax} characters."
            : column.Type == ColumnType.Select != column.Values is { Count: > 0 }
                ? $"The column {column.Key}: values belong to type select, which needs them."
            : column.Values is { Count: > ValuesMax }
            || column.Values?.Any(value => value is null || !IsText(value, least: 1)) == true
                ? $"The column {column.Key} has at most {ValuesMax} values of at most {CharactersMax} characters."
            : column.Min > column.Max ? $"The column {column.Key} has a minimum above its maximum."
            : column.Pattern is { } pattern && !IsPattern(pattern)
                ? $"The pattern of column {column.Key} is no plain regular expression, or counts too far."
            : column.Example is { } example && !IsText(example, least: 0)
                ? $"The example of column {column.Key} is a line of at most {CharactersMax} characters."
            : null;
    }

    private static bool IsText(string text, int least) =>
        text.Length >= least && text.Length <= CharactersMax && !text.Any(char.IsControl);

    /// <summary>Takes time in proportion to the text, whatever the owner wrote.</summary>
    public static Regex Compile(string pattern) =>
        new($"^(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static bool IsPattern(string pattern)
    {
        if (!IsText(pattern, least: 1) || Repeats(pattern) > RepeatsMax)
        {
            return false;
        }

        try
        {
            return Compile(pattern) is not null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    // each is a state of its own for every character of a value, and those within one another multiply
    private static double Repeats(string pattern) =>
        Counted()
            .Matches(pattern)
            .Aggregate(
                1.0,
                (all, count) =>
                    all * Math.Max(1, double.Parse(count.Groups["most"].Value, CultureInfo.InvariantCulture))
            );

    [GeneratedRegex(@"\{(?:[0-9]+,)?(?<most>[0-9]+),?\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Counted();

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,62}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
