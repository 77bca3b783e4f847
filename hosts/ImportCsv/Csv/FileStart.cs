using Tollgate;

namespace ImportCsv.Csv;

/// <summary>
/// How a file begins: what stands before the first row (marks, and the line by which spreadsheets name the delimiter),
/// and what its fields are divided by.
/// </summary>
/// <param name="Length">Characters that are no part of a row.</param>
/// <param name="Refusal">Why nothing more is to be read.</param>
internal readonly record struct FileStart(int Length, char Delimiter, Refusal? Refusal)
{
    /// <summary>Room for a character of any encoding.</summary>
    private const int CharactersMin = 16;

    /// <summary>Reads on until there is enough to judge by, or no more.</summary>
    /// <param name="filled">How much of the buffer is.</param>
    public static async ValueTask<int> FillAsync(
        CsvCharacters characters,
        char[] buffer,
        int filled,
        CancellationToken cancellationToken
    )
    {
        for (var more = filled; more > 0 && buffer.Length - filled >= CharactersMin; filled += more)
        {
            var line = LineBehind(buffer.AsSpan(0, filled));
            more = await characters.ReadAsync(buffer.AsMemory(filled), line, cancellationToken);
        }

        return filled;
    }

    /// <param name="given">The delimiter, where somebody has said it.</param>
    /// <param name="isWhole">There is no more of the file than this.</param>
    public static FileStart Read(ReadOnlySpan<char> start, char? given, bool isWhole)
    {
        // a second mark is of a tool that did not see the first
        var marks = start.IndexOfAnyExcept(Blank.Mark);
        var rest = marks < 0 ? [] : start[marks..];
        var isNamed = NamesDelimiter(rest);
        // the line break stays: the line counts as one
        var length = start.Length - rest.Length + (isNamed ? 5 : 0);
        if (given is { } known)
        {
            return new FileStart(length, known, Refusal: null);
        }

        var possible = isNamed ? [rest[4]] : GuessDelimiter.From(rest.ToArray(), isWhole);
        return new FileStart(
            length,
            possible[0],
            possible.Count > 1 ? new DelimiterUnclear(possible)
                : GuessDelimiter.Candidates.Contains(possible[0]) ? null
                : new CsvMalformed(1, "sep= names a delimiter that is none of comma, semicolon, tab and |.")
        );
    }

    // sep=;
    private static bool NamesDelimiter(ReadOnlySpan<char> start) =>
        start.Length > 5
        && start[..4].Equals("sep=", StringComparison.OrdinalIgnoreCase)
        && start[4] is not ('\r' or '\n')
        && start[5] is '\r' or '\n';

    private static int LineBehind(ReadOnlySpan<char> text)
    {
        var line = 1;
        for (var at = 0; at < text.Length; at++)
        {
            line += text[at] == '\r' || (text[at] == '\n' && (at == 0 || text[at - 1] != '\r')) ? 1 : 0;
        }

        return line;
    }
}
