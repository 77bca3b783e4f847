using Tollgate;

namespace ImportCsv.Imports.Csv;

/// <summary>
/// The rows of a CSV file, one at a time, in memory that does not grow with the file: a line, a row of a thousand
/// fields, no more. Fields may be quoted and then hold delimiters, line breaks and doubled quotes (RFC 4180).
/// </summary>
internal sealed class CsvRows(CsvCharacters characters)
{
    public const int MostCharacters = 1_000_000;
    public const int MostColumns = 1_000;
    private readonly char[] buffer = new char[16 * 1024];
    private readonly List<int> ends = [];
    private char[] row = new char[1024];
    private int length;
    private int at;
    private int filled;
    private int line = 1;
    private int quotedSince;
    private bool isAfterReturn;
    private Place place;

    private enum Place
    {
        FieldStart,
        Plain,
        Quoted,

        /// <summary>Behind a quote that closes the field, or is the first of two.</summary>
        Closed,
    }

    public char Delimiter { get; private set; }

    /// <summary>The line of the file on which the row begins, from 1.</summary>
    public int Line { get; private set; }

    public int Count => ends.Count;

    /// <summary>Why there are no more rows; null at the end of the file.</summary>
    public Refusal? Refusal { get; private set; }

    public ReadOnlySpan<char> this[int field]
    {
        get
        {
            var start = field == 0 ? 0 : ends[field - 1];
            return row.AsSpan(start, ends[field] - start);
        }
    }

    /// <summary>Goes to the next row that is not empty; false at the end, or when the rest is refused.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        ends.Clear();
        length = 0;
        place = Place.FieldStart;
        Line = line;
        // most rows are in the buffer already, and cost nothing but themselves
        return Consume() ? new(true) : ReadOnAsync(cancellationToken);
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

            (at, filled) = (0, await characters.ReadAsync(buffer, line, cancellationToken));
            if (filled == 0)
            {
                Refusal = characters.Refusal;
                return Refusal is null && EndOfFile();
            }

            if (Delimiter == '\0')
            {
                Delimiter = GuessDelimiter.From(buffer.AsSpan(0, filled));
            }
        }

        return false;
    }

    /// <summary>Reads on in the buffer; true when a row is complete.</summary>
    private bool Consume()
    {
        while (at < filled && Refusal is null)
        {
            var character = buffer[at++];
            if (isAfterReturn)
            {
                isAfterReturn = false;
                if (character == '\n')
                {
                    continue;
                }
            }

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
                isAfterReturn = character == '\r';
                line++;
                if (EndRow())
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

    private void Take(char character)
    {
        if (character == Delimiter)
        {
            EndField();
        }
        else if (place == Place.Closed)
        {
            if (character == '"')
            {
                Append(character);
                place = Place.Quoted;
            }
            else
            {
                Refusal = new CsvMalformed(line, "a closing quote is followed by more text.");
            }
        }
        else if (place == Place.FieldStart && character == '"')
        {
            place = Place.Quoted;
            quotedSince = line;
        }
        else
        {
            place = Place.Plain;
            Append(character);
        }
    }

    private void TakeQuoted(char character)
    {
        if (character == '"')
        {
            place = Place.Closed;
            return;
        }

        line += character == '\n' ? 1 : 0;
        Append(character);
    }

    private void Append(char character)
    {
        if (length == row.Length)
        {
            if (length >= MostCharacters)
            {
                Refusal = new LineTooLong(Line, MostCharacters);
                return;
            }

            Array.Resize(ref row, Math.Min(row.Length * 2, MostCharacters));
        }

        row[length++] = character;
    }

    private void EndField()
    {
        if (ends.Count == MostColumns)
        {
            Refusal = new TooManyColumns(Line, MostColumns);
            return;
        }

        ends.Add(length);
        place = Place.FieldStart;
    }

    private bool EndRow()
    {
        if (ends.Count == 0 && place == Place.FieldStart)
        {
            Line = line; // an empty line is no row
            return false;
        }

        EndField();
        return Refusal is null;
    }

    private bool EndOfFile()
    {
        if (place == Place.Quoted)
        {
            Refusal = new CsvMalformed(quotedSince, "a quote is opened and never closed.");
            return false;
        }

        return EndRow();
    }
}
