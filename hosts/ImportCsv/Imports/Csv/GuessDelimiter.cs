namespace ImportCsv.Imports.Csv;

/// <summary>
/// Which character stands between the fields: the one that divides the first rows into the same number of fields, and
/// into the most. A comma where nothing does.
/// </summary>
internal static class GuessDelimiter
{
    private const int RowsLookedAt = 20;
    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <param name="start">The beginning of the file; its last row may be cut.</param>
    public static char From(ReadOnlySpan<char> start)
    {
        var (best, most) = (',', 0);
        foreach (var candidate in Candidates)
        {
            var score = Score(start, candidate);
            if (score > most)
            {
                (best, most) = (candidate, score);
            }
        }

        return best;
    }

    // rows that have as many as the first count for more than any number of fields
    private static int Score(ReadOnlySpan<char> start, char delimiter)
    {
        int rows = 0,
            alike = 0,
            first = 0,
            fields = 0;
        var isQuoted = false;
        foreach (var character in start)
        {
            if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && character == delimiter)
            {
                fields++;
            }
            else if (!isQuoted && character == '\n')
            {
                first = rows == 0 ? fields : first;
                alike += fields == first ? 1 : 0;
                fields = 0;
                if (++rows == RowsLookedAt)
                {
                    break;
                }
            }
        }

        return rows == 0 ? Math.Min(fields, 999)
            : first == 0 ? 0
            : alike * 1000 + Math.Min(first, 999);
    }
}
