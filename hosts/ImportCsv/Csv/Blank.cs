namespace ImportCsv.Csv;

/// <summary>
/// What counts as space around a value: what JavaScript trims too, so that the page and the server see the same value.
/// </summary>
internal static class Blank
{
    /// <summary>The byte order mark; wherever it stands, since files are put together from others.</summary>
    public const char Mark = '\uFEFF';

    public static bool Is(char character) => char.IsWhiteSpace(character) || character == Mark;

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> value)
    {
        while (!value.IsEmpty && Is(value[0]))
        {
            value = value[1..];
        }

        while (!value.IsEmpty && Is(value[^1]))
        {
            value = value[..^1];
        }

        return value;
    }
}
