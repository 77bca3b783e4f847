using ImportCsv.Importers;

namespace ImportCsv.Imports;

/// <summary>
/// Columns of a file found by their names. What could be either of two is never guessed: the sender is asked to say it
/// in the mapping.
/// </summary>
internal sealed class NamedColumns(
    IReadOnlyList<ImportColumn> columns,
    string[] header,
    IReadOnlyDictionary<string, string> plain
)
{
    /// <returns>What is in doubt; null when nothing is.</returns>
    public string? Map(int[] fields)
    {
        for (var at = 0; at < columns.Count; at++)
        {
            int[] found = [.. Enumerable.Range(0, header.Length).Where(field => IsAlike(columns[at], field))];
            int[] best = found.Length > 1 ? [.. found.Where(field => IsExact(columns[at], field))] : found;
            if (found.Length > 1 && best.Length != 1)
            {
                return $"More than one column of the file is called like {columns[at].Label}: {
                    string.Join(", ", found.Select(field => $"#{field}"))}. Say in mapping which one it is.";
            }

            fields[at] = best.Length == 1 ? best[0] : -1;
        }

        return SettleClaims(fields)
            ?? (fields.All(field => field < 0) ? "No column of the file is called like one of the importer." : null);
    }

    /// <summary>A field that two columns are called like is that of the one which is called exactly so.</summary>
    private string? SettleClaims(int[] fields)
    {
        var claimed = fields.Index().Where(one => one.Item >= 0).GroupBy(one => one.Item, one => one.Index);
        foreach (var claim in claimed.Where(claim => claim.Count() > 1).ToList())
        {
            if (claim.Count(at => IsExact(columns[at], claim.Key)) != 1)
            {
                return $"{header[claim.Key]} could be {
                    string.Join(" or ", claim.Select(at => columns[at].Label))}. Say in mapping which one it is.";
            }

            foreach (var at in claim.Where(at => !IsExact(columns[at], claim.Key)))
            {
                fields[at] = -1;
            }
        }

        return null;
    }

    private bool IsAlike(ImportColumn column, int field) =>
        plain[header[field]] is { Length: > 0 } name && (name == plain[column.Key] || name == plain[column.Label]);

    private bool IsExact(ImportColumn column, int field) =>
        header[field] == column.Key || header[field] == column.Label;
}
