using System.Text.Encodings.Web;
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

    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonObject Publish(JsonObject document)
    {
        var published = new JsonObject();
        foreach (var (name, value) in document)
        {
            if (!name.StartsWith('_'))
            {
                // A user's metadata may have keys that begin with an underscore.
                published[name] = name == "metadata" ? value?.DeepClone() : Publish(value);
            }
        }

        if (published.TextOrNull("object") == "invoice" && published["lines"] is JsonObject lines)
        {
            TrimLines(lines);
        }

        return published;
    }

    /// <summary>Indented by two spaces, as Stripe writes answers and webhook bodies.</summary>
    public static byte[] ToBytes(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body, Pretty);

    private static JsonNode? Publish(JsonNode? node) =>
        node switch
        {
            JsonObject child => Publish(child),
            JsonArray array => new JsonArray([.. array.Select(Publish)]),
            _ => node?.DeepClone(),
        };

    private static void TrimLines(JsonObject lines)
    {
        var data = (JsonArray)lines["data"]!;
        if (data.Count <= EmbeddedLines)
        {
            return;
        }

        lines["has_more"] = true;
        while (data.Count > EmbeddedLines)
        {
            data.RemoveAt(data.Count - 1);
        }
    }
}
