namespace ImportCsv.Csv;

/// <summary>One row: its characters in one buffer, which the next row is written into.</summary>
internal sealed class CsvRow
{
    private readonly List<int> ends = [];
    private char[] characters = new char[1024];
    private int length;

    public int Count => ends.Count;

    /// <summary>Nothing was appended but blanks.</summary>
    public bool IsBlank { get; private set; }

    public ReadOnlySpan<char> this[int field] => characters.AsSpan(StartOf(field), ends[field] - StartOf(field));

    /// <summary>Whether nothing stands in the fields from that one on: spreadsheets leave such behind.</summary>
    public bool IsBlankFrom(int field) =>
        field >= Count || Blank.Trim(characters.AsSpan(StartOf(field), length - StartOf(field))).IsEmpty;

    public void Clear()
    {
        ends.Clear();
        length = 0;
        IsBlank = true;
    }

    /// <returns>False when the row is as long as rows may be.</returns>
    public bool Append(char character)
    {
        if (length == characters.Length)
        {
            if (length >= CsvRows.CharactersMax)
            {
                return false;
            }

            Array.Resize(ref characters, Math.Min(characters.Length * 2, CsvRows.CharactersMax));
        }

        IsBlank = IsBlank && Blank.Is(character);
        characters[length++] = character;
        return true;
    }

    /// <summary>Takes back what the field that has not ended yet has so far.</summary>
    public void DropOpenField() => length = StartOf(Count);

    /// <returns>False when the row has as many fields as rows may have.</returns>
    public bool EndField()
    {
        if (Count == CsvRows.ColumnsMax)
        {
            return false;
        }

        ends.Add(length);
        return true;
    }

    private int StartOf(int field) => field == 0 ? 0 : ends[field - 1];
}
