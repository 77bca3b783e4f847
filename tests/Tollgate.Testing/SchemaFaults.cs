using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Testing;

/// <summary>Where a value is not what a JSON Schema says: as much of JSON Schema as our document uses.</summary>
public static class SchemaFaults
{
    private static readonly string[] Known =
    [
        "$ref",
        "additionalProperties",
        "anyOf",
        "description",
        "enum",
        "format",
        "items",
        "properties",
        "required",
        "type",
        "default",
    ];

    public static IEnumerable<string> Of(JsonNode? value, JsonNode schema, JsonNode document, string at = "$")
    {
        if (schema is not JsonObject said)
        {
            return schema.GetValue<bool>() ? [] : [$"{at}: nothing may be here"];
        }

        return
        [
            .. said.Where(one => !Known.Contains(one.Key)).Select(one => $"{at}: {one.Key} is not checked"),
            .. said["$ref"] is { } reference
                ? Of(value, Find(document, reference.GetValue<string>()), document, at)
                : [],
            .. OfKind(value, said, at),
            .. OfAny(value, said["anyOf"], document, at),
            .. value is JsonObject members ? OfMembers(members, said, document, at) : [],
            .. value is JsonArray items && said["items"] is { } each
                ? items.SelectMany((item, index) => Of(item, each, document, $"{at}[{index}]"))
                : [],
        ];
    }

    private static IEnumerable<string> OfKind(JsonNode? value, JsonObject said, string at)
    {
        if (said["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
        {
            yield return $"{at}: {value?.ToJsonString()} is none of {allowed.ToJsonString()}";
        }

        var types = said["type"] switch
        {
            JsonArray several => several.Select(one => one!.GetValue<string>()).ToArray(),
            { } one => [one.GetValue<string>()],
            null => null,
        };
        if (types is not null && !types.Any(type => IsOf(type, value)))
        {
            yield return $"{at}: {value?.ToJsonString()} is no {string.Join(" or ", types)}";
        }
    }

    private static IEnumerable<string> OfAny(JsonNode? value, JsonNode? schemas, JsonNode document, string at) =>
        schemas is JsonArray several && several.All(one => Of(value, one!, document, at).Any())
            ? [$"{at}: {value?.ToJsonString()} fits none of {several.Count}"]
            : [];

    private static IEnumerable<string> OfMembers(JsonObject members, JsonObject said, JsonNode document, string at)
    {
        var known = said["properties"] as JsonObject ?? [];
        var wanted = said["required"] as JsonArray ?? [];
        return
        [
            .. wanted
                .Select(name => name!.GetValue<string>())
                .Where(name => !members.ContainsKey(name))
                .Select(name => $"{at}: {name} is missing"),
            .. members.SelectMany(member =>
                (known[member.Key] ?? said["additionalProperties"]) is { } schema
                    ? Of(member.Value, schema, document, $"{at}.{member.Key}")
                    : []
            ),
        ];
    }

    private static bool IsOf(string type, JsonNode? value) =>
        (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
        {
            ("null", JsonValueKind.Null) => true,
            ("object", JsonValueKind.Object) => true,
            ("array", JsonValueKind.Array) => true,
            ("string", JsonValueKind.String) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => !value!.ToJsonString().Contains('.', StringComparison.Ordinal),
            _ => false,
        };

    private static JsonNode Find(JsonNode document, string pointer) =>
        pointer.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node[name]!);
}
