using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// One version of a document in its place. While it is worked with it is nodes; at rest it is its UTF-8 text, which
/// takes a tenth of the memory, and becomes nodes again when it is asked for. The text is written once, for its rest
/// and for the journal.
/// </summary>
internal sealed class StoredDocument(int place, string[][] keys)
{
    private JsonObject? nodes;
    private byte[]? text;

    public StoredDocument(int place, string[][] keys, JsonObject document)
        : this(place, keys) => nodes = document;

    /// <summary>One that begins at rest.</summary>
    public StoredDocument(int place, string[][] keys, byte[] text)
        : this(place, keys) => this.text = text;

    public int Place => place;

    /// <summary>For each of the kind's indexed members, what the document is found by.</summary>
    public string[][] Keys => keys;

    public bool IsAtRest => nodes is null;

    public JsonObject Document => nodes ?? Utf8Nodes.Of(text);

    public JsonObject Wake() => nodes ??= Document;

    /// <summary>The members asked for, or all if it is awake; it stays as it is.</summary>
    public JsonObject Glance(ReadOnlySpan<string> members) => nodes ?? Utf8Nodes.Of(text, members);

    public void Rest()
    {
        Write();
        nodes = null;
    }

    /// <summary>Gives its nodes away and is its text from now on; false where others are asked for.</summary>
    public bool Release(JsonObject document)
    {
        if (nodes != document)
        {
            return false;
        }

        Rest();
        return true;
    }

    public void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(Write(), skipInputValidation: true);

    private byte[] Write() => text ??= Utf8Text.Of(Utf8Text.Dense, writer => nodes!.WriteTo(writer));
}
