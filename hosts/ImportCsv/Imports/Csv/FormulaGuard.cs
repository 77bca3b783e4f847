using System.Buffers;
using System.Buffers.Text;

namespace ImportCsv.Imports.Csv;

/// <summary>
/// Rows as <see cref="CsvText"/> writes them, for a spreadsheet: a field that it would run as a formula, and that is no
/// number, gets an apostrophe before it. Values have no white space around them, so a formula shows at their first
/// character.
/// </summary>
internal static class FormulaGuard
{
    private static ReadOnlySpan<byte> Formula => "=+-@"u8;

    /// <param name="csv">Whole rows.</param>
    public static void Write(ReadOnlySpan<byte> csv, IBufferWriter<byte> target)
    {
        var copied = 0;
        var isQuoted = false;
        var isFieldStart = true;
        for (var at = 0; at < csv.Length; at++)
        {
            var isOpened = isFieldStart && csv[at] == '"';
            var first = isOpened ? at + 1 : at;
            if (isFieldStart && Formula.Contains(csv[first]) && (isOpened || !IsNumber(csv[first..])))
            {
                target.Write(csv[copied..first]);
                target.Write("'"u8);
                copied = first;
            }

            // a quote that is doubled closes and opens again
            isQuoted ^= csv[at] == '"';
            isFieldStart = !isQuoted && csv[at] is (byte)',' or (byte)'\n';
        }

        target.Write(csv[copied..]);
    }

    // -12.5 stays what it is; no number is in quotes
    private static bool IsNumber(ReadOnlySpan<byte> rest) =>
        Utf8Parser.TryParse(rest, out decimal _, out var length) && rest[length] is (byte)',' or (byte)'\r';
}
