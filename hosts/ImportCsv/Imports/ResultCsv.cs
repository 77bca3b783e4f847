using System.Text;
using Microsoft.EntityFrameworkCore;

namespace ImportCsv.Imports;

/// <summary>The rows of an import as a CSV file, row by row from the database.</summary>
internal static class ResultCsv
{
    private const string Formula = "=+-@\t\r";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="isRaw">False: what a spreadsheet would run as a formula gets an apostrophe before it.</param>
    public static async Task WriteAsync(
        Import import,
        ImportCsvDb db,
        Stream body,
        bool isRaw,
        CancellationToken cancellationToken
    )
    {
        await using var text = new StreamWriter(body, Utf8, bufferSize: 16 * 1024, leaveOpen: true);
        await text.WriteAsync(Line(import.Columns, isRaw: true).AsMemory(), cancellationToken);
        var rows = db.Set<ImportedRow>()
            .AsNoTracking()
            .Where(row => row.ImportId == import.Id)
            .OrderBy(row => row.Line)
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await text.WriteAsync(Line(row.Cells, isRaw).AsMemory(), cancellationToken);
        }
    }

    public static string Line(IReadOnlyList<string> cells, bool isRaw) =>
        string.Join(',', cells.Select(cell => Quoted(isRaw ? cell : Harmless(cell)))) + "\r\n";

    private static string Harmless(string cell) =>
        cell is [var first, ..] && Formula.Contains(first, StringComparison.Ordinal) ? $"'{cell}" : cell;

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
