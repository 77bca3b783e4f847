using System.Text.RegularExpressions;

namespace Tollgate;

/// <summary>
/// One e-mail address and nothing else: no list, no display name, no line break. What is not plainly one is refused,
/// because a mail server may read more into it than we do.
/// </summary>
public static partial class EmailAddress
{
    private const int CharactersMax = 254;

    public static bool IsOne(ReadOnlySpan<char> text) => text.Length <= CharactersMax && Form().IsMatch(text);

    [GeneratedRegex(
        @"^[^\s\p{C}@,;:<>()\[\]\\""]{1,64}@[\p{L}\p{N}\-]+(\.[\p{L}\p{N}\-]+)+\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Form();
}
