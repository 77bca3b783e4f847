namespace ImportCsv.Csv;

/// <summary>
/// Which character stands between the fields: the one by which the first rows have as many fields as the very first.
/// A comma where nothing divides that one. The page decides the same way, and one table of cases holds both to it.
/// </summary>
internal static class GuessDelimiter
{
    private const int RowsMax = 100;

    /// <summary>A delimiter that nearly as many rows agree on is a rival.</summary>
    private const double RivalryMargin = 0.25;

    public static IReadOnlyList<char> Candidates { get; } = [',', ';', '\t', '|'];

    /// <param name="start">The beginning of the file.</param>
    /// <param name="isWhole">It is all of the file; otherwise its last row may be cut.</param>
    /// <returns>One, or those that it may be.</returns>
    public static IReadOnlyList<char> From(char[] start, bool isWhole)
    {
        var agreements = Candidates.Select(candidate => (candidate, agreement: Agreement(start, candidate, isWhole)));
        var dividing = agreements.Where(one => one.agreement > 0).ToList();
        if (dividing.Count == 0)
        {
            return [','];
        }

        var least = dividing.Max(one => one.agreement) - RivalryMargin;
        return [.. dividing.Where(one => one.agreement >= least).Select(one => one.candidate)];
    }

    /// <summary>The share of the rows that have the fields of the first; 0 when that has only one.</summary>
    private static double Agreement(char[] start, char delimiter, bool isWhole)
    {
        var sample = new CsvRows(start, delimiter);
        int rows = 0,
            agreeing = 0,
            width = 0;
        while (rows < RowsMax && sample.ReadSampled(isWhole || rows == 0))
        {
            width = rows++ == 0 ? sample.Count : width;
            agreeing += sample.Count >= width && sample.IsBlankFrom(width) ? 1 : 0;
        }

        // what is no CSV by this delimiter agrees with nothing
        rows += sample.Refusal is null ? 0 : 1;
        return width < 2 ? 0 : (double)agreeing / rows;
    }
}
