using System.Text;
using ImportCsv.Csv;

namespace Tollgate.ImportCsvTests.Csv;

/// <summary>CSV to read in tests, and how it was read.</summary>
internal static class SomeCsv
{
    /// <param name="atOnce">Bytes that one read answers at most.</param>
    public static async Task<ReadCsv> ReadAsync(byte[] bytes, int atOnce = int.MaxValue, char? delimiter = null)
    {
        var characters = new CsvCharacters(new Trickle(bytes, atOnce));
        var rows = new CsvRows(characters, delimiter);
        var read = new List<(int, string[])>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            read.Add((rows.Line, [.. Enumerable.Range(0, rows.Count).Select(field => rows[field].ToString())]));
        }

        return new ReadCsv(read, rows.Refusal, characters.Encoding, rows.Delimiter, rows.Notes);
    }

    public static Task<ReadCsv> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Gives as much as it is asked for at a time, as a slow sender does.</summary>
    private sealed class Trickle(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atOnce)], cancellationToken);
    }
}

internal sealed record ReadCsv(
    IReadOnlyList<(int Line, string[] Fields)> Rows,
    Refusal? Refusal,
    string Encoding,
    char Delimiter,
    IReadOnlyList<CsvNote> Notes
)
{
    public IEnumerable<string> Lines => Rows.Select(row => string.Join('|', row.Fields));
}
