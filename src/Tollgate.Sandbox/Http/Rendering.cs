using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Http;

/// <summary>
/// How a stored document looks from outside: without the Sandbox's own members, and with ten lines at most.
/// </summary>
internal static class Rendering
{
    /// <summary>Stripe embeds this many lines in an invoice; the others are paged.</summary>
    private const int EmbeddedLines = 10;

    /// <summary>A copy that can be changed.</summary>
    public static JsonObject Publish(JsonObject document) => Publish(document, only: null);

    /// <param name="only">The members to copy; null is all.</param>
    public static JsonObject Publish(JsonObject document, IReadOnlySet<string>? only)
    {
        var published = new JsonObject();
        foreach (var (name, value) in document)
        {
            if (!IsOwn(name) && (only is null || only.Contains(name)))
            {
                // A user's metadata may have keys that begin with an underscore.
                published[name] = name == "metadata" ? value?.DeepClone() : Publish(value);
            }
        }

        if (HasMoreLines(document) && published["lines"] is JsonObject lines)
        {
            TrimLines(lines);
        }

        return published;
    }

    /// <summary>Indented by two spaces, as Stripe writes answers and webhook bodies.</summary>
    public static byte[] ToBytes(JsonObject body) => Utf8Text.Of(Utf8Text.Pretty, writer => Write(writer, body));

    /// <summary>The same without a space, to be kept.</summary>
    public static byte[] ToText(JsonObject document) => Utf8Text.Of(Utf8Text.Dense, writer => Write(writer, document));

    private static void Write(Utf8JsonWriter writer, JsonObject document)
    {
        if (HasMoreLines(document))
        {
            Publish(document).WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, value) in document)
        {
            if (!IsOwn(name))
            {
                writer.WritePropertyName(name);
                Write(writer, name, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject child when name != "metadata":
                Write(writer, child);
                break;
            case JsonArray array:
                writer.WriteStartArray();
                foreach (var element in array)
                {
                    Write(writer, "", element);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static bool IsOwn(string name) => name.StartsWith('_');

    private static JsonNode? Publish(JsonNode? node) =>
        node switch
        {
            JsonObject child => Publish(child),
            JsonArray array => new JsonArray([.. array.Select(Publish)]),
            _ => node?.DeepClone(),
        };

    private static bool HasMoreLines(JsonObject document) =>
        document.TextOrNull("object") == "invoice"
        && document.ChildOrNull("lines")?["data"] is JsonArray { Count: > EmbeddedLines };

    private static void TrimLines(JsonObject lines)
    {
        var data = (JsonArray)lines["data"]!;
        lines["has_more"] = true;
        while (data.Count > EmbeddedLines)
        {
            data.RemoveAt(data.Count - 1);
        }
    }
}
