using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Listen;

/// <summary>Which requests <c>stripe logs tail</c> asked for; within one filter any value will do.</summary>
internal sealed class LogFilter
{
    private static readonly Dictionary<string, Func<LoggedRequest, string>> Known = new(StringComparer.Ordinal)
    {
        ["filter_http_method"] = entry => entry.Method,
        ["filter_request_path"] = entry => entry.Target,
        ["filter_request_status"] = entry => entry.Status is >= 200 and < 300 ? "SUCCEEDED" : "FAILED",
        ["filter_status_code"] = entry => Code(entry),
        ["filter_status_code_type"] = entry => $"{Code(entry)[..1]}00",
    };

    private readonly List<(Func<LoggedRequest, string> Of, List<string> Values)> filters = [];

    /// <exception cref="StripeException">400 for what cannot be filtered by here.</exception>
    public static LogFilter Parse(string? json)
    {
        var parsed = new LogFilter();
        var given = Members(json);
        foreach (var (name, _) in given)
        {
            var wanted = given.Texts(name).ToList();
            if (wanted.Count > 0)
            {
                parsed.filters.Add(
                    Known.TryGetValue(name, out var of)
                        ? (of, wanted)
                        : throw StripeException.Invalid($"The Sandbox cannot filter its log by `{name}`.", "filters")
                );
            }
        }

        return parsed;
    }

    public bool Wants(LoggedRequest entry) =>
        filters.TrueForAll(filter => filter.Values.Contains(filter.Of(entry), StringComparer.OrdinalIgnoreCase));

    private static JsonObject Members(string? json)
    {
        try
        {
            return JsonNode.Parse(json ?? "{}") as JsonObject
                ?? throw StripeException.Invalid("Filters are an object.", "filters");
        }
        catch (JsonException error)
        {
            throw StripeException.Invalid($"Invalid JSON: {error.Message}", "filters");
        }
    }

    private static string Code(LoggedRequest entry) => (entry.Status ?? 0).ToString(CultureInfo.InvariantCulture);
}
