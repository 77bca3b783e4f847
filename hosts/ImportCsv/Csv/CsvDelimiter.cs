using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Csv;

/// <summary>A delimiter as an upload or an importer names it: the character itself, or <c>tab</c>.</summary>
internal static class CsvDelimiter
{
    /// <summary>Null where the file is to say.</summary>
    public static Outcome<char?> Read(string? text) =>
        text switch
        {
            null or "" => (char?)null,
            "tab" => '\t',
            [var one] when GuessDelimiter.Candidates.Contains(one) => one,
            _ => new InvalidRequest("The delimiter is one of , ; | and tab, or left out."),
        };
}
