using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// Stripe's merge of metadata: keys given are set, an empty value unsets a key, an empty map unsets all.
/// </summary>
internal static class Metadata
{
    public static JsonObject Merge(JsonObject? current, JsonNode? given)
    {
        var merged = new JsonObject();
        if (given is not JsonObject changes)
        {
            return merged;
        }

        foreach (var (key, value) in current ?? [])
        {
            merged[key] = value?.DeepClone();
        }

        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                merged.Remove(key);
            }
            else
            {
                merged[key] = value.DeepClone();
            }
        }

        return merged;
    }

    /// <summary>The metadata of a new object.</summary>
    public static JsonObject From(JsonObject input) => Merge(current: null, input["metadata"]);

    /// <summary>Applies the request's metadata, if it has any, to a document that is being changed.</summary>
    public static void Apply(JsonObject document, JsonObject input)
    {
        if (input.ContainsKey("metadata"))
        {
            document["metadata"] = Merge(document.ChildOrNull("metadata"), input["metadata"]);
        }
    }

    /// <summary>Copies request members that were given; null (an empty string in the form) unsets.</summary>
    public static void CopyGiven(JsonObject document, JsonObject input, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (input.TryGetPropertyValue(name, out var value))
            {
                document[name] = value?.DeepClone();
            }
        }
    }
}
