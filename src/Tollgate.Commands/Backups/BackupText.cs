using System.Text.RegularExpressions;

namespace Tollgate.Commands.Backups;

/// <summary>
/// The text of a backup: what <c>pg_dump --data-only</c> writes, a <c>COPY</c> with its rows for each table and a
/// <c>setval</c> for each sequence.
/// </summary>
internal static partial class BackupText
{
    /// <summary>The line that ends the rows of a table.</summary>
    public const string End = @"\.";

    public static string CopyLine(string table, string columns) => $"COPY {table} ({columns}) FROM stdin;";

    /// <summary>The table and its columns where a line begins a table's rows, else null.</summary>
    public static (string Table, string Columns)? ReadCopy(string line) =>
        Copy().Match(line) is { Success: true } match
            ? (match.Groups["table"].Value, match.Groups["columns"].Value)
            : null;

    public static bool IsSequence(string line) => Sequence().IsMatch(line);

    /// <summary>A line that would have to be done, and that nothing here does.</summary>
    public static bool IsUnknown(string line) =>
        line.StartsWith("COPY ", StringComparison.Ordinal)
        || line.StartsWith("INSERT ", StringComparison.Ordinal)
        || (line.Contains("setval(", StringComparison.Ordinal) && !IsSequence(line));

    [GeneratedRegex(
        @"^COPY (?<table>billing\.[a-z0-9_]+) \((?<columns>[a-z0-9_"", A-Z]+)\) FROM stdin;$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Copy();

    [GeneratedRegex(
        @"^SELECT pg_catalog\.setval\('billing\.[a-z0-9_]+', \d+, (true|false)\);$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Sequence();
}
