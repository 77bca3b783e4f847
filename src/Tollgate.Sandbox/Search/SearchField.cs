using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Search;

/// <summary>A member that can be searched by.</summary>
/// <param name="Signs">What it can be compared by.</param>
/// <param name="Read">Its value of a document.</param>
internal sealed record SearchField(string Name, string Signs, Func<JsonObject, JsonNode?> Read)
{
    private const int ShortestPart = 3;

    /// <summary>Words, of which a part can be searched.</summary>
    public static SearchField Text(string name) => new(name, ": ~", document => document[name]);

    /// <summary>An id, a code, or true and false.</summary>
    public static SearchField Token(string name) => new(name, ":", document => document[name]);

    public static SearchField Number(string name) => new(name, ": > < >= <=", document => document[name]);

    public static SearchField Metadata(string key) =>
        new("metadata", ": ~", document => document.ChildOrNull("metadata")?[key]);

    /// <exception cref="StripeException">400 if the field cannot be compared so.</exception>
    public void Require(SearchClause clause)
    {
        if (!Signs.Split(' ').Contains(clause.Sign, StringComparer.Ordinal))
        {
            throw StripeException.Invalid(
                $"Field `{Name}` does not support the operator `{clause.Sign}`.",
                SearchQuery.Name
            );
        }

        if (clause.Sign == "~" && clause.Value is not { Length: >= ShortestPart })
        {
            throw StripeException.Invalid(
                $"A substring search needs {ShortestPart} characters or more.",
                SearchQuery.Name
            );
        }

        if (IsNumber && clause.Value is { } value && !long.TryParse(value, CultureInfo.InvariantCulture, out _))
        {
            throw StripeException.Invalid($"Invalid integer for field `{Name}`: {value}", SearchQuery.Name);
        }
    }

    public bool Matches(JsonObject document, SearchClause clause) =>
        Holds(Read(document)?.ToString(), clause) != clause.IsNegated;

    private bool IsNumber => Signs.Contains('>', StringComparison.Ordinal);

    private bool Holds(string? found, SearchClause clause) =>
        clause.Value is not { } wanted ? string.IsNullOrEmpty(found)
        : found is null ? false
        : IsNumber ? Compare(long.Parse(found, CultureInfo.InvariantCulture), clause.Sign, wanted)
        : clause.Sign == "~" ? found.Contains(wanted, StringComparison.OrdinalIgnoreCase)
        : found.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static bool Compare(long found, string sign, string wanted)
    {
        var order = found.CompareTo(long.Parse(wanted, CultureInfo.InvariantCulture));
        return sign switch
        {
            ">" => order > 0,
            ">=" => order >= 0,
            "<" => order < 0,
            "<=" => order <= 0,
            _ => order == 0,
        };
    }
}
