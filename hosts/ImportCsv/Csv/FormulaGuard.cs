using System.Buffers;
using System.Buffers.Text;

namespace ImportCsv.Csv;

/// <summary>
/// Rows as <see cref="CsvText"/> writes them, for a spreadsheet: what it would run as a formula, and is no number, gets
/// an apostrophe before it. A spreadsheet divides at whatever its locale says and then sees no quotes within a line, so
/// what stands behind a semicolon, a tab, a bar or a line break within a field counts as a field, too. Values have no
/// white space around them.
/// </summary>
internal static class FormulaGuard
{
    private static readonly SearchValues<byte> OtherDividers = SearchValues.Create(";|\t\r\n"u8);

    private static ReadOnlySpan<byte> Callers => "(|!"u8;

    /// <param name="csv">Whole rows.</param>
    public static void Write(ReadOnlySpan<byte> csv, IBufferWriter<byte> target)
    {
        var copied = 0;
        var isQuoted = false;
        for (var at = 0; at < csv.Length; )
        {
            // a field, or a part of one that another delimiter makes a field
            var isOpened = !isQuoted && csv[at] == '"';
            var first = isOpened ? at + 1 : at;
            var isCommaBefore = at > 0 && csv[at - 1] == ',';
            if (
                isQuoted
                    ? IsFormulaWithin(csv[first..])
                    : IsFormula(csv[first..].TrimStart((byte)' '), isOpened, isCommaBefore)
            )
            {
                target.Write(csv[copied..first]);
                target.Write("'"u8);
                copied = first;
            }

            // a quote that is doubled closes and opens again
            for (var isDivided = false; at < csv.Length && !isDivided; at++)
            {
                isQuoted ^= csv[at] == '"';
                isDivided = OtherDividers.Contains(csv[at]) || (!isQuoted && csv[at] == ',');
            }
        }

        target.Write(csv[copied..]);
    }

    private static bool IsFormula(ReadOnlySpan<byte> field, bool isOpened, bool isCommaBefore) =>
        isOpened
            ? IsTrigger(field) || field is [(byte)'\t' or (byte)'\r', ..]
            : IsTrigger(field) && !IsNumber(field, isCommaBefore);

    /// <summary>Behind another divider within quotes; a quote of the value may stand before it.</summary>
    private static bool IsFormulaWithin(ReadOnlySpan<byte> part)
    {
        var start = part.TrimStart(" \""u8);
        var isNumber =
            Utf8Parser.TryParse(start, out decimal _, out var length)
            && (start[length] == '"' || OtherDividers.Contains(start[length]));
        return IsTrigger(start) && !isNumber;
    }

    // the full-width and the small ones are taken for the plain ones where text is normalised
    private static bool IsTrigger(ReadOnlySpan<byte> start) =>
        start is [(byte)'=' or (byte)'+' or (byte)'-' or (byte)'@', ..]
        || start.StartsWith("＝"u8)
        || start.StartsWith("＋"u8)
        || start.StartsWith("－"u8)
        || start.StartsWith("＠"u8)
        || start.StartsWith("﹦"u8)
        || start.StartsWith("﹢"u8)
        || start.StartsWith("﹣"u8)
        || start.StartsWith("﹫"u8);

    // -12.5 stays what it is; none of ours is in quotes
    private static bool IsNumber(ReadOnlySpan<byte> field, bool isCommaBefore)
    {
        if (!Utf8Parser.TryParse(field, out decimal _, out var length))
        {
            return false;
        }

        // where commas do not divide, it goes on as far as the line, which must not call anything then
        var line = field[..field.IndexOf((byte)'\n')];
        return field[length] == ','
            ? isCommaBefore || !line.ContainsAny(Callers)
            : OtherDividers.Contains(field[length]);
    }
}
