using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ImportCsv.Importers;
using ImportCsv.Imports.Csv;

namespace ImportCsv.Imports;

/// <summary>
/// Checks row after row, keeps count, and the first errors. Of the rows themselves it keeps nothing, but eight bytes of
/// each value that must be unique.
/// </summary>
internal sealed class CheckRows(IReadOnlyList<ImportColumn> columns, ColumnPlan plan)
{
    public const int MostErrors = 100;
    private const int MostShown = 100;
    private readonly RowCheck[] checks = [.. columns.Select(column => new RowCheck(column))];
    private readonly HashSet<ulong>?[] seen =
    [
        .. columns.Select(column => column.Unique ? new HashSet<ulong>() : null),
    ];
    private readonly List<RowError> errors = [];

    public int Rows { get; private set; }

    public int ValidRows { get; private set; }

    public int ErrorCount { get; private set; }

    public IReadOnlyList<RowError> Errors => errors;

    /// <summary>Counts the row; true when all of it is as it should be, and can be taken.</summary>
    public bool Check(CsvRows row)
    {
        Rows++;
        if (row.Count != plan.Width)
        {
            var isShort = row.Count < plan.Width;
            Note(
                new RowError(
                    row.Line,
                    Column: null,
                    isShort ? "too_few_fields" : "too_many_fields",
                    $"The row has {row.Count} fields and not {plan.Width}.",
                    Value: null
                )
            );
            return false;
        }

        var isValid = true;
        for (var at = 0; at < checks.Length; at++)
        {
            var value = ValueOf(row, at);
            if ((checks[at].FindFault(value) ?? (IsRepeated(at, value) ? "duplicate_value" : null)) is { } fault)
            {
                isValid = false;
                Note(new RowError(row.Line, columns[at].Key, fault, checks[at].MessageOf(fault), Shortened(value)));
            }
        }

        ValidRows += isValid ? 1 : 0;
        return isValid;
    }

    /// <summary>The row's values in the importer's order.</summary>
    public string[] Take(CsvRows row)
    {
        var cells = new string[checks.Length];
        for (var at = 0; at < cells.Length; at++)
        {
            cells[at] = ValueOf(row, at).ToString();
        }

        return cells;
    }

    private ReadOnlySpan<char> ValueOf(CsvRows row, int column) =>
        plan.Fields[column] is >= 0 and var field ? row[field].Trim() : [];

    // of half a million rows two share eight bytes of SHA-256 once in a hundred million imports
    private bool IsRepeated(int column, ReadOnlySpan<char> value)
    {
        if (seen[column] is not { } known || value.IsEmpty)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(value), hash);
        return !known.Add(BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }

    private void Note(RowError error)
    {
        ErrorCount++;
        if (errors.Count < MostErrors)
        {
            errors.Add(error);
        }
    }

    private static string Shortened(ReadOnlySpan<char> value) =>
        value.Length <= MostShown ? value.ToString() : $"{value[..MostShown]}…";
}
