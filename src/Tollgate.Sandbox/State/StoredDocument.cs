using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.State;

/// <summary>
/// One version of a document in its place. While it is worked with it is nodes; at rest it is its UTF-8 text, which
/// takes a tenth of the memory, and becomes nodes again when it is asked for.
/// </summary>
internal sealed class StoredDocument(int place, JsonObject document, string[][] keys)
{
    private JsonObject? nodes = document;
    private byte[]? text;

    public int Place => place;

    /// <summary>For each of the kind's indexed members, what the document is found by.</summary>
    public string[][] Keys => keys;

    public bool IsAtRest => nodes is null;

    public JsonObject Document => nodes ?? (JsonObject)JsonNode.Parse(text)!;

    public JsonObject Wake() => nodes ??= Document;

    public void Rest()
    {
        text ??= Utf8Text.Of(Utf8Text.Dense, writer => nodes!.WriteTo(writer));
        nodes = null;
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        if (text is null)
        {
            nodes!.WriteTo(writer);
        }
        else
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }
    }
}
