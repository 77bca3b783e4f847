using ImportCsv.Csv;
using ImportCsv.Importers;

namespace ImportCsv.Imports;

/// <summary>
/// Checks row after row, keeps count, and the first errors. Of the rows themselves it keeps nothing, but some
/// bytes of each value that must be unique.
/// </summary>
internal sealed class CheckRows(IReadOnlyList<ImportColumn> columns, ColumnPlan plan)
{
    public const int ErrorsMax = 100;
    private const int ShownMax = 100;
    private readonly RowCheck[] checks = [.. columns.Select(column => new RowCheck(column))];
    private readonly SeenValues?[] seen = [.. columns.Select(column => column.Unique ? new SeenValues() : null)];
    private readonly List<RowError> errors = [];

    public int Rows { get; private set; }

    public int ValidRows { get; private set; }

    public int ErrorCount { get; private set; }

    public IReadOnlyList<RowError> Errors => errors;

    /// <summary>Counts the row; true when all of it is as it should be, and can be taken.</summary>
    public bool Check(CsvRows row)
    {
        Rows++;
        var isShort = row.Count < plan.Width;
        if (isShort || !row.IsBlankFrom(plan.Width))
        {
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

    /// <summary>Writes the row's values down, in the importer's order.</summary>
    public void Take(CsvRows row, CsvText text)
    {
        var isBlank = true;
        for (var at = 0; at < checks.Length; at++)
        {
            var value = ValueOf(row, at);
            isBlank = isBlank && value.IsEmpty;
            text.Add(value);
        }

        text.EndRow(isBlank);
    }

    private ReadOnlySpan<char> ValueOf(CsvRows row, int column) =>
        plan.Fields[column] is >= 0 and var field ? Blank.Trim(row[field]) : [];

    private bool IsRepeated(int column, ReadOnlySpan<char> value) =>
        !value.IsEmpty && seen[column]?.Add(value) == false;

    private void Note(RowError error)
    {
        ErrorCount++;
        if (errors.Count < ErrorsMax)
        {
            errors.Add(error);
        }
    }

    private static string Shortened(ReadOnlySpan<char> value) =>
        value.Length <= ShownMax ? value.ToString() : $"{value[..ShownMax]}…";
}
