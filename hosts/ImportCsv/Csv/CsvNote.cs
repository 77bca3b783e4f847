namespace ImportCsv.Csv;

/// <summary>Something that RFC 4180 does not have and that was read all the same.</summary>
/// <param name="Line">Of the file, from 1: the first one.</param>
public sealed record CsvNote(string Code, int Line, string Message)
{
    internal static CsvNote SpaceBesideQuotes(int line) =>
        new("space_beside_quotes", line, "The space between a quote and the delimiter was ignored.");

    internal static CsvNote BlankRowsSkipped(int line) =>
        new("blank_rows_skipped", line, "Rows of nothing but delimiters were skipped.");
}
