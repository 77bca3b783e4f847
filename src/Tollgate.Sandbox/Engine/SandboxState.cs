using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// All documents in memory, by kind (Stripe's <c>object</c> member) and id, in the order of their creation. A stored
/// document is never changed in place: a change stores a new version, so an old one can be put back or kept.
/// Members and kinds that begin with an underscore are the Sandbox's own and never leave it.
/// </summary>
/// <param name="kinds">How documents are looked up, and when they change by themselves.</param>
/// <param name="emit">How a change becomes an event.</param>
internal sealed class SandboxState(DocumentKinds kinds, Emission emit)
{
    private readonly Dictionary<string, DocumentCollection> collections = new(StringComparer.Ordinal);

    private readonly Companions companions = new();

    public DocumentKinds Kinds => kinds;

    public Emission Emit => emit;

    /// <summary>Where the Sandbox answers; known for sure once it listens.</summary>
    public required string BaseUrl { get; set; }

    /// <summary>What a higher level keeps in memory. No document: a restart forgets it.</summary>
    public T InMemory<T>()
        where T : class, new() => companions.Of(static () => new T());

    public JsonObject? Find(string kind, string id) =>
        collections.TryGetValue(kind, out var collection) ? collection.Find(id) : null;

    /// <summary>Some members of a document, at least, where they are only read.</summary>
    public JsonObject? Glance(string kind, string id, ReadOnlySpan<string> members) =>
        collections.TryGetValue(kind, out var collection) ? collection.Glance(id, members) : null;

    /// <summary>All documents of a kind, or those with a key; behind one of them, or from the newest.</summary>
    public IEnumerable<JsonObject> NewestFirst(string kind, IndexKey? by = null, string? beyond = null) =>
        collections.TryGetValue(kind, out var collection) ? collection.NewestFirst(by, beyond) : [];

    public IEnumerable<JsonObject> OldestFirst(string kind, IndexKey? by = null, string? beyond = null) =>
        collections.TryGetValue(kind, out var collection) ? collection.OldestFirst(by, beyond) : [];

    /// <summary>How many documents all walks through them have gone through.</summary>
    public long Visited => collections.Values.Sum(collection => collection.Visited);

    public int Count(string kind, IndexKey by) =>
        collections.TryGetValue(kind, out var collection) ? collection.Count(by) : 0;

    public IEnumerable<StoredDocument> All() => collections.Values.SelectMany(collection => collection.Stored());

    /// <summary>Documents of the kinds that change by themselves.</summary>
    public IEnumerable<JsonObject> AllThatMayBeDue() =>
        collections.Where(of => kinds.IsEverDue(of.Key)).SelectMany(of => of.Value.OldestFirst());

    /// <summary>Stores a version.</summary>
    public Replacement Put(JsonObject document) => Collection(document.Kind()).Put(document.Id(), document);

    /// <summary>Stores a new document that is text already.</summary>
    /// <param name="head">Its kind, its id and what it is found by.</param>
    public Replacement Add(JsonObject head, byte[] text) => Collection(head.Kind()).Add(head.Id(), head, text);

    /// <summary>Lets go of a version's nodes, so that they can be changed; false if others are stored.</summary>
    public bool Release(JsonObject document) => Collection(document.Kind()).Release(document.Id(), document);

    /// <summary>Removes a document; null if there is none.</summary>
    public Replacement? Remove(string kind, string id) =>
        collections.TryGetValue(kind, out var collection) ? collection.Remove(id) : null;

    private DocumentCollection Collection(string kind)
    {
        if (!collections.TryGetValue(kind, out var collection))
        {
            collection = new DocumentCollection(kinds.IndexesOf(kind));
            collections[kind] = collection;
        }

        return collection;
    }
}
