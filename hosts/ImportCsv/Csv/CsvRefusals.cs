using Tollgate;

namespace ImportCsv.Csv;

/// <summary>The text is no CSV from that line on.</summary>
/// <param name="Line">From 1.</param>
internal sealed record CsvMalformed(int Line, string What)
    : Refusal("csv_malformed", 400, "The file cannot be read as CSV.", $"Line {Line}: {What}")
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("line", Line)];
}

/// <summary>A line is longer than any row of data; often a quote that is never closed.</summary>
internal sealed record LineTooLong(int Line, int CharactersMax)
    : Refusal(
        "line_too_long",
        413,
        "A line is too long.",
        $"Line {Line} has more than {CharactersMax} characters. Look for a quote that is not closed."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("line", Line)];
}

internal sealed record TooManyColumns(int Line, int Most)
    : Refusal("too_many_columns", 413, "A line has too many columns.", $"Line {Line} has more than {Most} columns.")
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("line", Line)];
}

internal sealed record FileTooLarge(long BytesMax)
    : Refusal("file_too_large", 413, "The file is too large.", $"Send at most {BytesMax / 1_000_000} MB at once.");

/// <summary>Not text at all.</summary>
internal sealed record NotCsv(string What) : Refusal("not_csv", 415, "That is not a CSV file.", What);

/// <summary>The first rows agree on more than one delimiter, so their values would be a guess.</summary>
internal sealed record DelimiterUnclear(IReadOnlyList<char> Candidates)
    : Refusal(
        "delimiter_unclear",
        400,
        "The file can be read with more than one delimiter.",
        $"Its first rows fit {string.Join(" and ", Candidates.Select(NameOf))}. Say which one it is in the part "
            + "delimiter, or in the importer's settings."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("delimiters", Candidates)];

    private static string NameOf(char candidate) => candidate == '\t' ? "a tab" : $"\"{candidate}\"";
}
