using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tollgate.Sandbox.Seeding;

/// <summary><c>${name:json.path}</c>: a member of an earlier step's answer; <c>|</c> parts a default from it.</summary>
internal static partial class SeedReference
{
    /// <summary>A text with its references put in.</summary>
    /// <exception cref="FormatException">A reference leads nowhere and has no default.</exception>
    public static string Resolve(string text, IReadOnlyDictionary<string, JsonNode> answers) =>
        Reference().Replace(text, match => Value(match, answers));

    private static string Value(Match match, IReadOnlyDictionary<string, JsonNode> answers)
    {
        var node = answers.GetValueOrDefault(match.Groups["name"].Value);
        foreach (var piece in match.Groups["path"].Value.Split('.'))
        {
            node = node switch
            {
                JsonObject child => child[piece],
                JsonArray array when int.TryParse(piece, CultureInfo.InvariantCulture, out var index) => index
                < array.Count
                    ? array[index]
                    : null,
                _ => null,
            };
        }

        return node is JsonValue value ? value.ToString()
            : match.Groups["default"].Success ? match.Groups["default"].Value
            : throw new FormatException($"{match.Value} leads to no value.");
    }

    [GeneratedRegex(
        @"\$\{(?<name>[^:|}]+):(?<path>[^|}]+)(\|(?<default>[^}]*))?\}",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Reference();
}
