using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary>
/// How a stored document looks from outside: without the Sandbox's own members, and with ten lines at most.
/// </summary>
internal static class Rendering
{
    /// <summary>Stripe embeds this many lines in an invoice; the others are paged.</summary>
    private const int EmbeddedLines = 10;

    /// <summary>The member that is a user's own.</summary>
    public const string Metadata = "metadata";

    /// <summary>A copy that can be changed.</summary>
    public static JsonObject Publish(JsonObject document)
    {
        var published = new JsonObject();
        foreach (var (name, value) in document.Members())
        {
            if (!IsOwn(name))
            {
                // A user's metadata may have keys that begin with an underscore.
                published[name] = name == Metadata ? value?.DeepClone() : Publish(value);
            }
        }

        if (HasMoreLines(document) && published["lines"] is JsonObject lines)
        {
            TrimLines(lines);
        }

        return published;
    }

    public static bool IsOwn(string name) => name.StartsWith('_');

    /// <summary>Indented by two spaces, as Stripe writes answers and webhook bodies.</summary>
    public static byte[] ToBytes(JsonObject body) => Utf8Text.Of(Utf8Text.Pretty, writer => Write(writer, body));

    public static void Write(Utf8JsonWriter writer, JsonObject document)
    {
        if (HasMoreLines(document))
        {
            Publish(document).WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, value) in document.Members())
        {
            if (!IsOwn(name))
            {
                writer.WritePropertyName(name);
                Write(writer, name, value);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>A member's value.</summary>
    public static void Write(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject child when name != Metadata:
                Write(writer, child);
                break;
            case JsonArray array:
                writer.WriteStartArray();
                for (var index = 0; index < array.Count; index++)
                {
                    Write(writer, "", array[index]);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static JsonNode? Publish(JsonNode? node) =>
        node switch
        {
            JsonObject child => Publish(child),
            JsonArray array => new JsonArray([.. array.Select(Publish)]),
            _ => node?.DeepClone(),
        };

    /// <summary>Whether an invoice has lines that are not shown in it.</summary>
    public static bool HasMoreLines(JsonObject document) =>
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
