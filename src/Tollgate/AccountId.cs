using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tollgate;

/// <summary>
/// The host's own id of whoever is billed: a tenant in Hydra, a user in ImportCSV. 1 to 200 characters that can be seen
/// (<c>42</c>, <c>ann@example.com</c>, <c>urn:acme:7</c>), with no blank at either end. Two ids are the same when every
/// character is. It always comes from the authenticated principal, never from a request's body or route.
/// </summary>
public readonly record struct AccountId
{
    public const int LongestValue = 200;

    /// <exception cref="ArgumentException">The text is not of that form.</exception>
    public AccountId(string value)
    {
        if (!IsOne(value))
        {
            throw new ArgumentException(
                $"An account id has 1 to {LongestValue} characters that can be seen, and no blank at either end.",
                nameof(value)
            );
        }

        Value = value;
    }

    public string Value { get; }

    public override string ToString() => Value;

    /// <summary>Whether a text can be an account's id.</summary>
    public static bool IsOne(string? text)
    {
        if (
            text is not { Length: > 0 and <= LongestValue }
            || char.IsWhiteSpace(text[0])
            || char.IsWhiteSpace(text[^1])
        )
        {
            return false;
        }

        for (var rest = text.AsSpan(); rest.Length > 0; )
        {
            // half a character is no text that a database takes
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done)
            {
                return false;
            }

            if (!IsSeen(rune))
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    // what cannot be seen makes two ids look like one, and a control character a second line in a log
    private static bool IsSeen(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
            );
}
