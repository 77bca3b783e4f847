using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// Typed reads of the documents that hold the Sandbox's state; a missing required member is a bug and throws.
/// </summary>
internal static class JsonReading
{
    public static string Kind(this JsonObject document) => document.Text("object");

    public static string Id(this JsonObject document) => document.Text("id");

    public static string Text(this JsonObject document, string name) =>
        document.TextOrNull(name)
        ?? throw new InvalidOperationException($"'{name}' is missing in {document["object"]}");

    public static string? TextOrNull(this JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static long Int(this JsonObject document, string name) =>
        document.IntOrNull(name) ?? throw new InvalidOperationException($"'{name}' is missing in {document["object"]}");

    public static long? IntOrNull(this JsonObject document, string name) => document[name].WholeOrNull();

    /// <summary>A whole number; one of the code's own may be an int.</summary>
    public static long? WholeOrNull(this JsonNode? node) =>
        node switch
        {
            JsonValue value when value.TryGetValue(out long whole) => whole,
            JsonValue value when value.TryGetValue(out int whole) => whole,
            _ => null,
        };

    public static bool Flag(this JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static bool? FlagOrNull(this JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    public static JsonObject Child(this JsonObject document, string name) =>
        document[name] as JsonObject
        ?? throw new InvalidOperationException($"'{name}' is missing in {document["object"]}");

    public static JsonObject? ChildOrNull(this JsonObject document, string name) => document[name] as JsonObject;

    public static IEnumerable<JsonObject> Each(this JsonObject document, string name) =>
        document[name] is JsonArray array ? array.OfType<JsonObject>() : [];

    public static IEnumerable<string> Texts(this JsonObject document, string name) =>
        document[name] is JsonArray array ? array.OfType<JsonValue>().Select(value => value.GetValue<string>()) : [];

    /// <summary>Members of an embedded list object ({"object": "list", "data": [...]}).</summary>
    public static IEnumerable<JsonObject> Listed(this JsonObject document, string name) =>
        document[name] is JsonObject list ? list.Each("data") : [];

    /// <summary>All members in their order.</summary>
    public static MemberWalk Members(this JsonObject document) => new(document);

    public static JsonArray ToJson(this IEnumerable<JsonObject> nodes) => [.. nodes];

    public static JsonArray ToJson(this IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)text)];

    public static JsonObject Copy(this JsonObject document) => (JsonObject)document.DeepClone();
}
