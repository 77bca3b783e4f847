using System.Buffers;
using System.Text;

namespace ImportCsv.Csv;

/// <summary>
/// Rows written as CSV in UTF-8 with commas, in a buffer that is used again and again: a field is quoted when it has
/// to be, and a row ends with CR and LF.
/// </summary>
internal sealed class CsvText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");
    private byte[] buffer = new byte[4 * 1024];
    private bool isInRow;

    public int Length { get; private set; }

    public int Rows { get; private set; }

    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, Length);

    public void Add(ReadOnlySpan<char> field)
    {
        var quotes = field.ContainsAny(Special);
        // each character is three bytes at most, and each quote is doubled
        Reserve(3 * field.Length + (quotes ? field.Count('"') : 0) + 3);
        if (isInRow)
        {
            buffer[Length++] = (byte)',';
        }

        isInRow = true;
        if (!quotes)
        {
            Append(field);
            return;
        }

        buffer[Length++] = (byte)'"';
        for (var at = field.IndexOf('"'); at >= 0; at = field.IndexOf('"'))
        {
            Append(field[..(at + 1)]);
            buffer[Length++] = (byte)'"';
            field = field[(at + 1)..];
        }

        Append(field);
        buffer[Length++] = (byte)'"';
    }

    /// <param name="isBlank">Its fields have no value, and would be no row at all.</param>
    public void EndRow(bool isBlank = false)
    {
        Reserve(4);
        Append(isBlank ? "\"\"\r\n" : "\r\n");
        Rows++;
        isInRow = false;
    }

    public void Clear() => (Length, Rows) = (0, 0);

    private void Append(ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(Length));

    private void Reserve(int bytes)
    {
        if (buffer.Length - Length < bytes)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + bytes));
        }
    }
}
