using System.Globalization;
using System.Text;

namespace Tollgate.Notifications;

/// <summary>
/// A name that people chose, made harmless in a mail (decision E2): one line of at most 80 characters, without what is
/// not seen, and with nothing that a mail program would turn into a link.
/// </summary>
internal static class DisplayName
{
    private const int CharactersMax = 80;

    /// <summary>Takes no room and is not seen; what stands around it is no address any more.</summary>
    private const char WordJoiner = '\u2060';

    public static string Of(string name)
    {
        var plain = OneLine(name);
        var harmless = new StringBuilder(plain.Length);
        foreach (var character in plain.Length <= CharactersMax ? plain : plain[..CharactersMax] + "…")
        {
            harmless.Append(character);
            if (character is '.' or ':' or '@' or '/')
            {
                harmless.Append(WordJoiner);
            }
        }

        return harmless.ToString();
    }

    /// <summary>Without line breaks and other characters that are not seen.</summary>
    public static string OneLine(string text) =>
        string.Join(
            ' ',
            string.Concat(text.Select(character => IsSeen(character) ? character : ' '))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );

    private static bool IsSeen(char character) =>
        char.GetUnicodeCategory(character)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
