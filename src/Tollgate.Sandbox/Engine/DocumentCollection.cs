using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>Documents of one kind in the order of their creation, and the keys of their indexes.</summary>
internal sealed class DocumentCollection(IReadOnlyList<IndexedMember> members)
{
    private const int AwakeAtOnce = 16;
    private readonly Dictionary<string, StoredDocument> byId = new(StringComparer.Ordinal);

    /// <summary>A removed document leaves an empty place, so that putting it back keeps the order.</summary>
    private readonly List<StoredDocument?> places = [];

    /// <summary>Versions that are nodes, in the order in which they go to rest.</summary>
    private readonly Queue<StoredDocument> awake = new();

    private readonly PlacesByKey[] indexes = [.. members.Select(_ => new PlacesByKey())];

    /// <summary>How many documents all walks have gone through: what lists cost.</summary>
    public long Visited { get; private set; }

    public JsonObject? Find(string id)
    {
        if (byId.GetValueOrDefault(id) is not { } stored)
        {
            return null;
        }

        if (stored.IsAtRest)
        {
            KeepAwake(stored);
        }

        return stored.Wake();
    }

    /// <summary>Some members, at least; does not wake the document.</summary>
    public JsonObject? Glance(string id, ReadOnlySpan<string> members) => byId.GetValueOrDefault(id)?.Glance(members);

    /// <summary>Stores a version.</summary>
    public Replacement Put(string id, JsonObject document)
    {
        var former = byId.GetValueOrDefault(id);
        var entry = new StoredDocument(former?.Place ?? places.Count, KeysOf(document), document);
        KeepAwake(entry);
        return Replace(id, former, entry);
    }

    /// <summary>Stores a new document that is text already, and is found by the members of its head.</summary>
    public Replacement Add(string id, JsonObject head, byte[] text) =>
        Replace(id, from: null, new StoredDocument(places.Count, KeysOf(head), text));

    /// <summary>Lets go of a version's nodes, if they are what is stored.</summary>
    public bool Release(string id, JsonObject document) =>
        byId.GetValueOrDefault(id) is { } stored && stored.Release(document);

    /// <summary>Removes a document; null if there is none.</summary>
    public Replacement? Remove(string id) =>
        byId.GetValueOrDefault(id) is { } entry ? Replace(id, entry, to: null) : null;

    public Replacement Replace(string id, StoredDocument? from, StoredDocument? to)
    {
        for (var index = 0; index < indexes.Length; index++)
        {
            indexes[index].Move(from?.Keys[index] ?? [], to?.Keys[index] ?? [], (to ?? from)!.Place);
        }

        if (to is null)
        {
            byId.Remove(id);
            places[from!.Place] = null;
        }
        else
        {
            byId[id] = to;
            while (places.Count <= to.Place)
            {
                places.Add(null);
            }

            places[to.Place] = to;
        }

        return new Replacement(this, id, from, to);
    }

    /// <summary>All as they are kept, in the order of their creation.</summary>
    public IEnumerable<StoredDocument> Stored() => places.OfType<StoredDocument>();

    /// <summary>How many documents have a key.</summary>
    public int Count(IndexKey key) => PlacesOf(key).Count;

    /// <summary>Goes through all documents, or those with a key.</summary>
    /// <param name="beyond">Where to begin: behind this document, which is left out; null is at the end.</param>
    public IEnumerable<JsonObject> NewestFirst(IndexKey? by = null, string? beyond = null)
    {
        var walked = by is null ? null : PlacesOf(by);
        var limit = beyond is null ? places.Count : byId[beyond].Place;
        var index = walked is null ? limit : PlacesByKey.FirstFrom(walked, limit);
        while (--index >= 0)
        {
            if (places[walked is null ? index : walked[index]] is { } entry)
            {
                Visited++;
                yield return entry.Document;
            }
        }
    }

    /// <summary>The other way round.</summary>
    /// <param name="beyond">Where to begin: behind this document, which is left out; null is at the start.</param>
    public IEnumerable<JsonObject> OldestFirst(IndexKey? by = null, string? beyond = null)
    {
        var walked = by is null ? null : PlacesOf(by);
        var first = beyond is null ? 0 : byId[beyond].Place + 1;
        var index = walked is null ? first : PlacesByKey.FirstFrom(walked, first);
        for (; index < (walked?.Count ?? places.Count); index++)
        {
            if (places[walked is null ? index : walked[index]] is { } entry)
            {
                Visited++;
                yield return entry.Document;
            }
        }
    }

    private void KeepAwake(StoredDocument stored)
    {
        awake.Enqueue(stored);
        // A version that was replaced meanwhile is not worth a text: nothing holds it but the queue.
        if (awake.Count > AwakeAtOnce && awake.Dequeue() is var oldest && places[oldest.Place] == oldest)
        {
            oldest.Rest();
        }
    }

    private List<int> PlacesOf(IndexKey by)
    {
        for (var index = 0; index < members.Count; index++)
        {
            if (members[index].Name == by.Member)
            {
                return indexes[index].Of(by.Key);
            }
        }

        throw new InvalidOperationException($"There is no index by {by.Member}");
    }

    private string[][] KeysOf(JsonObject document) =>
        members.Count == 0 ? [] : [.. members.Select(member => member.Keys(document))];
}
