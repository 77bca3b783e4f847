using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// Nodes of a document's text, all made at once: a node that stands for a piece of text makes a string anew each time
/// it is read, and the names of a document are those of all others of its kind.
/// </summary>
internal ref struct Utf8Nodes
{
    private const int MaxKnownName = 48;

    /// <summary>Ids are longer: they are not worth a place, words like <c>active</c> are.</summary>
    private const int MaxKnownValue = 24;

    /// <summary>What was read last at each place. Threads may take a place from each other; any string fits.</summary>
    private static readonly string?[] Known = new string?[4096];

    [ThreadStatic]
    private static KeyValuePair<string, JsonNode?>[]? kept;

    private Utf8JsonReader reader;

    /// <summary>Members that wait for the end of their object, so that it is made without spare room.</summary>
    private KeyValuePair<string, JsonNode?>[] waiting;
    private int count;

    private Utf8Nodes(ReadOnlySpan<byte> text)
    {
        reader = new Utf8JsonReader(text);
        waiting = kept ?? new KeyValuePair<string, JsonNode?>[256];
    }

    /// <param name="only">The members that are asked for; none is all.</param>
    public static JsonObject Of(ReadOnlySpan<byte> text, params scoped ReadOnlySpan<string> only)
    {
        var nodes = new Utf8Nodes(text);
        nodes.reader.Read();
        var document = nodes.ReadObject(only);
        kept = nodes.waiting;
        return document;
    }

    private JsonObject ReadObject(scoped ReadOnlySpan<string> only)
    {
        var first = count;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadText(MaxKnownName);
            if (!only.IsEmpty && !only.Contains(name))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            Wait(new(name, ReadNode()));
        }

        var whole = new JsonObject(new ArraySegment<KeyValuePair<string, JsonNode?>>(waiting, first, count - first));
        waiting.AsSpan(first..count).Clear();
        count = first;
        return whole;
    }

    private void Wait(KeyValuePair<string, JsonNode?> member)
    {
        if (count == waiting.Length)
        {
            Array.Resize(ref waiting, 2 * count);
        }

        waiting[count++] = member;
    }

    private JsonArray ReadArray()
    {
        var array = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            array.Add(ReadNode());
        }

        return array;
    }

    private JsonNode? ReadNode() =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(only: []),
            JsonTokenType.StartArray => ReadArray(),
            JsonTokenType.String => ReadText(MaxKnownValue),
            JsonTokenType.Number => reader.TryGetInt64(out var whole) ? (JsonNode)whole : reader.GetDecimal(),
            JsonTokenType.Null => null,
            _ => reader.GetBoolean(),
        };

    private readonly string ReadText(int maxKnown)
    {
        var text = reader.ValueSpan;
        if (reader.ValueIsEscaped || text.Length > maxKnown)
        {
            return reader.GetString()!;
        }

        ref var known = ref Known[PlaceOf(text)];
        var found = known;
        if (found is null || !Ascii.Equals(text, found))
        {
            found = reader.GetString()!;
            known = found;
        }

        return found;
    }

    private static int PlaceOf(ReadOnlySpan<byte> text)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 16_777_619u);
        }

        return (int)((hash ^ (hash >> 15)) % (uint)Known.Length);
    }
}
