using System.Text;
using System.Text.RegularExpressions;
using Tollgate;

namespace ImportCsv.Importers;

/// <summary>
/// A user's style sheet for the importer, read by a list of what is allowed and written anew: plain rules, known
/// properties, values without addresses. There are no at-rules, attribute selectors, escapes or <c>url()</c>, so it
/// loads nothing, sends nothing to anybody and ends no element.
/// </summary>
internal static partial class CustomCss
{
    public const int CharactersMax = 8000;

    private static readonly string[] Properties =
    [
        .. new[]
        {
            "accent-color background background-color border border-color border-radius border-style border-width",
            "border-top border-right border-bottom border-left box-shadow color color-scheme column-gap cursor display",
            "flex flex-direction flex-wrap font font-family font-size font-style font-weight gap height",
            "justify-content align-items letter-spacing line-height margin margin-top margin-right margin-bottom",
            "margin-left max-height max-width min-height min-width opacity outline outline-color outline-offset",
            "padding padding-top padding-right padding-bottom padding-left row-gap text-align text-decoration",
            "text-transform transition visibility white-space width word-break",
        }.SelectMany(line => line.Split(' ')),
    ];

    private static readonly string[] Functions = ["rgb", "rgba", "hsl", "hsla", "calc", "min", "max", "clamp", "var"];

    /// <summary>The sheet as it may be shown, or what in it may not be.</summary>
    public static Outcome<string> Read(string text)
    {
        if (text.Length > CharactersMax)
        {
            return new CssNotAllowed($"A style sheet has at most {CharactersMax} characters.");
        }

        var css = Comment().Replace(text, " ");
        var written = new StringBuilder();
        var at = 0;
        foreach (var rule in Rule().EnumerateMatches(css))
        {
            if (!css.AsSpan(at, rule.Index - at).IsWhiteSpace())
            {
                return Refuse(css[at..rule.Index]);
            }

            at = rule.Index + rule.Length;
            var parts = Rule().Match(css, rule.Index, rule.Length);
            if (ReadRule(parts.Groups["selector"].Value.Trim(), parts.Groups["body"].Value, written) is { } no)
            {
                return no;
            }
        }

        return css.AsSpan(at).IsWhiteSpace() ? written.ToString() : Refuse(css[at..]);
    }

    private static CssNotAllowed? ReadRule(string selector, string body, StringBuilder written)
    {
        if (!Selector().IsMatch(selector))
        {
            return Refuse(selector);
        }

        written.Append(selector).Append(" {");
        foreach (var declaration in body.Split(';', StringSplitOptions.TrimEntries))
        {
            if (declaration.Length == 0)
            {
                continue;
            }

            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            var property = colon < 0 ? declaration : declaration[..colon].TrimEnd().ToLowerInvariant();
            var value = colon < 0 ? "" : declaration[(colon + 1)..].Trim();
            if (!IsAllowed(property, value))
            {
                return Refuse(declaration);
            }

            written.Append(' ').Append(property).Append(": ").Append(value).Append(';');
        }

        written.Append(" }\n");
        return null;
    }

    private static bool IsAllowed(string property, string value) =>
        (Properties.Contains(property) || OwnProperty().IsMatch(property))
        && Value().IsMatch(value)
        && Function().Matches(value).All(call => Functions.Contains(call.Groups["name"].Value.ToLowerInvariant()));

    private static CssNotAllowed Refuse(string what)
    {
        var plain = what.Trim();
        return new CssNotAllowed($"This cannot be used: {(plain.Length <= 60 ? plain : plain[..60] + "…")}");
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"(?<selector>[^{}]+)\{(?<body>[^{}]*)\}",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Rule();

    [GeneratedRegex(@"^[A-Za-z0-9_\-.#:, >+~*()\s]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Selector();

    [GeneratedRegex(@"^--ic-[a-z0-9\-]{1,40}\z", RegexOptions.NonBacktracking)]
    private static partial Regex OwnProperty();

    // quotes for the names of fonts; no backslash, angle bracket, at-sign or colon
    [GeneratedRegex(@"^[A-Za-z0-9#%.,()\s\-+/*'""!_]{1,200}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Value();

    [GeneratedRegex(@"(?<name>[A-Za-z\-]*)\s*\(", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Function();
}

/// <summary>The style sheet holds what an importer cannot show.</summary>
internal sealed record CssNotAllowed(string Why)
    : Refusal("css_not_allowed", 400, "That style sheet cannot be used.", Why);
