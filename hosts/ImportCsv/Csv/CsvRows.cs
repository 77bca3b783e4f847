using Tollgate;

namespace ImportCsv.Csv;

/// <summary>
/// The rows of a CSV file, one at a time, in memory that does not grow with the file: a line, a row of a thousand
/// fields, no more. Fields may be quoted and then hold delimiters, line breaks and doubled quotes (RFC 4180). Rows of
/// blanks without a quote are none.
/// </summary>
internal sealed class CsvRows
{
    public const int CharactersMax = 1_000_000;
    public const int ColumnsMax = 1_000;
    private readonly CsvCharacters? characters;
    private readonly char[] buffer;
    private readonly char? given;
    private readonly CsvRow row = new();
    private readonly List<CsvNote> notes = [];
    private int at;
    private int filled;
    private int line = 1;
    private int quotedSince;
    private bool isAfterReturn;
    private bool hasQuotes;
    private bool isBegun;
    private Place place;

    /// <param name="delimiter">Null: the first line says (<c>sep=;</c>), or the first rows do.</param>
    public CsvRows(CsvCharacters characters, char? delimiter = null)
    {
        this.characters = characters;
        buffer = new char[16 * 1024];
        given = delimiter;
    }

    /// <param name="sample">The beginning of a file, which is read as if it were divided so.</param>
    internal CsvRows(char[] sample, char delimiter)
    {
        buffer = sample;
        filled = sample.Length;
        Delimiter = delimiter;
        isBegun = true;
    }

    private enum Place
    {
        FieldStart,

        /// <summary>In the space before a value, which a quote may open.</summary>
        Space,
        Plain,
        Quoted,

        /// <summary>Behind a quote that closes the field, or is the first of two.</summary>
        Closed,

        /// <summary>In the space behind a quote that closed the field.</summary>
        ClosedSpace,
    }

    public char Delimiter { get; private set; }

    /// <summary>The line of the file on which the row begins, from 1.</summary>
    public int Line { get; private set; }

    public int Count => row.Count;

    /// <summary>Why there are no more rows; null at the end of the file.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>What was read that no CSV should have, each once.</summary>
    public IReadOnlyList<CsvNote> Notes => notes;

    public ReadOnlySpan<char> this[int field] => row[field];

    /// <summary>Whether nothing stands in the fields from that one on.</summary>
    public bool IsBlankFrom(int field) => row.IsBlankFrom(field);

    /// <summary>Goes to the next row that is not empty; false at the end, or when the rest is refused.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        StartRow();
        // most rows are in the buffer already, and cost nothing but themselves
        return Consume() ? new(true) : ReadOnAsync(cancellationToken);
    }

    /// <summary>The next row of a sample.</summary>
    /// <param name="isEnd">The sample ends with a row, whether or not a line break says so.</param>
    internal bool ReadSampled(bool isEnd)
    {
        StartRow();
        return Consume() || (isEnd && Refusal is null && EndOfFile());
    }

    private async ValueTask<bool> ReadOnAsync(CancellationToken cancellationToken)
    {
        while (Refusal is null)
        {
            if (at < filled)
            {
                if (Consume())
                {
                    return true;
                }

                continue;
            }

            (at, filled) = (0, await characters!.ReadAsync(buffer, line, cancellationToken));
            if (filled == 0)
            {
                Refusal = characters.Refusal;
                return Refusal is null && EndOfFile();
            }

            if (!isBegun)
            {
                isBegun = true;
                filled = await FileStart.FillAsync(characters, buffer, filled, cancellationToken);
                (at, Delimiter, Refusal) = FileStart.Read(buffer.AsSpan(0, filled), given, characters.HasEnded);
            }
        }

        return false;
    }

    private void StartRow()
    {
        row.Clear();
        place = Place.FieldStart;
        hasQuotes = false;
        Line = line;
    }

    /// <summary>Reads on in the buffer; true when a row is complete.</summary>
    private bool Consume()
    {
        while (at < filled && Refusal is null)
        {
            var character = buffer[at++];
            var breaks = CountLine(character);
            if (character == '\0')
            {
                Refusal = new CsvMalformed(line, "it holds a null character.");
            }
            else if (place == Place.Quoted)
            {
                TakeQuoted(character);
            }
            else if (character is '\n' or '\r')
            {
                if (breaks && EndRow())
                {
                    return true;
                }
            }
            else
            {
                Take(character);
            }
        }

        return false;
    }

    /// <summary>Counts the line that a character ends; false where it ends none, as the LF of a CR LF.</summary>
    private bool CountLine(char character)
    {
        var breaks = character == '\r' || (character == '\n' && !isAfterReturn);
        isAfterReturn = character == '\r';
        line += breaks ? 1 : 0;
        return breaks;
    }

    private void Take(char character)
    {
        if (character == Delimiter)
        {
            EndField();
        }
        else if (place is Place.Closed or Place.ClosedSpace)
        {
            TakeBehindQuote(character);
        }
        else if (character == '"' && place is Place.FieldStart or Place.Space)
        {
            OpenQuote();
        }
        else
        {
            place = place != Place.Plain && Blank.Is(character) ? Place.Space : Place.Plain;
            Append(character);
        }
    }

    private void TakeBehindQuote(char character)
    {
        if (character == '"' && place == Place.Closed)
        {
            Append(character);
            place = Place.Quoted;
        }
        else if (Blank.Is(character))
        {
            place = Place.ClosedSpace;
            Note(CsvNote.SpaceBesideQuotes(line));
        }
        else
        {
            Refusal = new CsvMalformed(line, "a closing quote is followed by more text.");
        }
    }

    private void OpenQuote()
    {
        if (place == Place.Space)
        {
            row.DropOpenField();
            Note(CsvNote.SpaceBesideQuotes(line));
        }

        place = Place.Quoted;
        quotedSince = line;
        hasQuotes = true;
    }

    private void TakeQuoted(char character)
    {
        if (character == '"')
        {
            place = Place.Closed;
        }
        else
        {
            Append(character);
        }
    }

    private void Append(char character)
    {
        if (!row.Append(character))
        {
            Refusal = new LineTooLong(Line, CharactersMax);
        }
    }

    private void EndField()
    {
        place = Place.FieldStart;
        if (!row.EndField())
        {
            Refusal = new TooManyColumns(Line, ColumnsMax);
        }
    }

    private bool EndRow()
    {
        if (row.IsBlank && !hasQuotes)
        {
            if (Count > 0)
            {
                Note(CsvNote.BlankRowsSkipped(Line));
            }

            StartRow();
            return false;
        }

        EndField();
        return Refusal is null;
    }

    private bool EndOfFile()
    {
        Refusal = place == Place.Quoted ? new CsvMalformed(quotedSince, "a quote is opened and never closed.") : null;
        return Refusal is null && EndRow();
    }

    private void Note(CsvNote note)
    {
        if (!notes.Exists(one => one.Code == note.Code))
        {
            notes.Add(note);
        }
    }
}
