using System.Text;
using System.Text.RegularExpressions;

namespace Tollgate.Sandbox.Wire;

/// <summary>One API request as it came and as it was answered.</summary>
/// <param name="Id">What the header <c>Request-Id</c> said.</param>
/// <param name="Target">The path.</param>
/// <param name="Status">Null if the caller got no answer.</param>
/// <param name="At">Sandbox time.</param>
internal sealed partial record LoggedRequest(
    string Id,
    string Method,
    string Target,
    string Query,
    int? Status,
    string? IdempotencyKey,
    DateTimeOffset At,
    long DurationMs,
    string RequestText,
    string AnswerText
)
{
    private const int KeptChars = 16 * 1024;

    /// <summary>A body as the log keeps it.</summary>
    public static string Kept(string text) =>
        text.Length <= KeptChars ? text : $"{text[..KeptChars]}\n... and {text.Length - KeptChars} characters more";

    public static string Kept(byte[] body) =>
        body.Length <= KeptChars
            ? Encoding.UTF8.GetString(body)
            : $"{Encoding.UTF8.GetString(body, 0, KeptChars)}\n... and {body.Length - KeptChars} bytes more";

    /// <summary>A text without what nobody is to read over a shoulder: keys, secrets, card numbers.</summary>
    public static string Masked(string text) =>
        Cvc().Replace(CardNumber().Replace(Secret().Replace(text, "${kind}****"), "****${last}"), "${name}***");

    [GeneratedRegex(
        @"\b(?<kind>(sk|rk)_(test|live)_|whsec_|(pi|seti|cs)_\w+?_secret_)\w+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Secret();

    [GeneratedRegex(@"\b\d{8,15}(?<last>\d{4})\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CardNumber();

    [GeneratedRegex(
        @"(?<name>cvc\]?[""']?\s*[=:]\s*[""']?)\d{3,4}\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Cvc();
}
