using System.Globalization;
using ImportCsv.Importers;
using Tollgate;

namespace ImportCsv.Imports;

/// <summary>Which field of a row is which column of the importer: by the given mapping, else by name.</summary>
/// <param name="Fields">The field of each column, in the importer's order; -1 where the file has none.</param>
/// <param name="Width">How many fields a row has to have.</param>
internal sealed record ColumnPlan(int[] Fields, int Width)
{
    /// <summary>All names that are compared.</summary>
    public static IEnumerable<string> NamesOf(IEnumerable<ImportColumn> columns, IEnumerable<string> header) =>
        columns.SelectMany(column => new[] { column.Key, column.Label }).Concat(header);

    /// <param name="header">The fields of the first row, or their number where it is data already.</param>
    /// <param name="mapping">By header, or by <c>#0</c> for the first field; null for by name.</param>
    /// <param name="plain">Each name as it is compared.</param>
    public static Outcome<ColumnPlan> Of(
        IReadOnlyList<ImportColumn> columns,
        string[] header,
        bool hasHeader,
        IReadOnlyDictionary<string, string>? mapping,
        IReadOnlyDictionary<string, string> plain
    )
    {
        var fields = Enumerable.Repeat(-1, columns.Count).ToArray();
        var faults =
            mapping is not null ? Map(fields, columns, header, hasHeader, mapping)
            : hasHeader ? new NamedColumns(columns, header, plain).Map(fields)
            : MapByOrder(fields, header);
        if (faults is not null)
        {
            return new MappingInvalid(faults);
        }

        var missing = columns.Where((column, at) => column.Required && fields[at] < 0).Select(column => column.Label);
        return string.Join(", ", missing) is { Length: > 0 } names
            ? new MappingInvalid($"No column of the file is mapped to: {names}.")
            : new ColumnPlan(fields, header.Length);
    }

    private static string? Map(
        int[] fields,
        IReadOnlyList<ImportColumn> columns,
        string[] header,
        bool hasHeader,
        IReadOnlyDictionary<string, string> mapping
    )
    {
        foreach (var (from, to) in mapping)
        {
            var column = columns.Index().FirstOrDefault(one => one.Item.Key == to, (-1, null!)).Index;
            if (column < 0)
            {
                return $"The importer has no column {to}.";
            }

            if (hasHeader && header.Count(name => name == from) > 1)
            {
                return $"The file has more than one column {from}. Say which by its place: #0 is the first.";
            }

            var field = FieldOf(from, header, hasHeader);
            if (field < 0)
            {
                return $"The file has no column {from}.";
            }

            if (fields[column] >= 0 || fields.Contains(field))
            {
                return $"{from} or {to} is mapped twice.";
            }

            fields[column] = field;
        }

        return null;
    }

    private static int FieldOf(string name, string[] header, bool hasHeader)
    {
        var named = hasHeader ? Array.IndexOf(header, name) : -1;
        return named >= 0 ? named
            : name is ['#', .. var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at < header.Length
                ? at
            : -1;
    }

    private static string? MapByOrder(int[] fields, string[] header)
    {
        for (var at = 0; at < Math.Min(fields.Length, header.Length); at++)
        {
            fields[at] = at;
        }

        return null;
    }
}

/// <summary>Columns of the file and of the importer do not come together.</summary>
internal sealed record MappingInvalid(string What)
    : Refusal("mapping_invalid", 400, "The columns cannot be mapped like that.", What);
