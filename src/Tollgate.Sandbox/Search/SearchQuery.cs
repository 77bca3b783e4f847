using System.Text.RegularExpressions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Search;

/// <summary>One condition of a search.</summary>
/// <param name="Key">The key, where the field is <c>metadata["key"]</c>; else null.</param>
/// <param name="Sign"><c>:</c>, <c>~</c> or a comparison.</param>
/// <param name="Value">Null for the word <c>null</c>: the field has no value.</param>
internal sealed record SearchClause(string Field, string? Key, string Sign, string? Value, bool IsNegated);

/// <summary>
/// Stripe's query language: clauses like <c>email:"a@b.c"</c>, <c>name~"ada"</c>, <c>-status:"active"</c>,
/// <c>total>=100</c> and <c>metadata["key"]:"value"</c>, joined by AND or by OR.
/// </summary>
internal sealed partial record SearchQuery(IReadOnlyList<SearchClause> Clauses, bool IsAnyEnough)
{
    public const string Name = "query";
    private const int MaxClauses = 10;

    /// <exception cref="StripeException">400 for what is none.</exception>
    public static SearchQuery Parse(string text)
    {
        var clauses = new List<SearchClause>();
        var joins = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while (at < text.Length)
        {
            var match = Clause().Match(text, at);
            var join = match.Groups["join"].Value.Trim();
            at += match.Length;
            if (!match.Success || (join.Length > 0 && at == text.Length))
            {
                throw Unreadable();
            }

            clauses.Add(Read(match));
            if (at < text.Length)
            {
                joins.Add(join.Length == 0 ? "AND" : join);
            }
        }

        return clauses.Count switch
        {
            0 => throw Unreadable(),
            > MaxClauses => throw StripeException.Invalid($"A search query can have up to {MaxClauses} clauses.", Name),
            _ when joins.Count > 1 => throw StripeException.Invalid(
                "You cannot combine AND and OR in the same search query.",
                Name
            ),
            _ => new SearchQuery(clauses, joins.Contains("OR")),
        };
    }

    private static SearchClause Read(Match match)
    {
        var (key, value) = (match.Groups["key"].Value, match.Groups["value"].Value);
        return new SearchClause(
            match.Groups["field"].Value,
            key.Length == 0 ? null : Unquoted(key),
            match.Groups["sign"].Value,
            value == "null" ? null : Unquoted(value),
            match.Groups["not"].Success
        );
    }

    private static string Unquoted(string text) =>
        text[0] is '"' or '\'' ? Escaped().Replace(text[1..^1], "${char}") : text;

    private static StripeException Unreadable() =>
        StripeException.Invalid(
            "We were unable to parse your search query. Please try using the format `metadata[\"key\"]:\"value\"` to "
                + "query for metadata or key:\"value\" to query for other fields.",
            Name
        );

    [GeneratedRegex(
        """\G\s*(?<not>-)?(?<field>[a-z][a-z0-9_.]*)(\[(?<key>"([^"\\]|\\.)*"|'([^'\\]|\\.)*')\])?"""
            + """(?<sign>:|~|>=|<=|>|<)(?<value>"([^"\\]|\\.)*"|'([^'\\]|\\.)*'|[^\s"']+)"""
            + """(?<join>\s+(AND|OR)\s+|\s+|$)""",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Clause();

    [GeneratedRegex(@"\\(?<char>.)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Escaped();
}
