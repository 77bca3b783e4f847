using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>All registered kinds. Documents of others are found by their id and never due.</summary>
internal sealed class DocumentKinds(IEnumerable<DocumentKind> kinds)
{
    private static readonly DocumentKind Other = new("");
    private readonly Dictionary<string, DocumentKind> byName = kinds.ToDictionary(
        kind => kind.Name,
        StringComparer.Ordinal
    );

    public IReadOnlyList<IndexedMember> IndexesOf(string kind) => Of(kind).Indexed;

    /// <summary>Whether a key finds a document.</summary>
    public bool Has(JsonObject document, IndexKey by) =>
        IndexesOf(document.Kind())
            .First(member => member.Name == by.Member)
            .Keys(document)
            .Contains(by.Key, StringComparer.Ordinal);

    public bool IsEverDue(string kind) => Of(kind).DueAt is not null;

    /// <summary>
    /// When a document next changes by itself, in unix seconds of the clock it lives by; null if never.
    /// </summary>
    public long? DueAt(JsonObject document) => Of(document.Kind()).DueAt?.Invoke(document);

    /// <summary>What happens to a document when its time has come.</summary>
    public void RunDue(Transaction tx, JsonObject document)
    {
        var run = Of(document.Kind()).WhenDue;
        if (run is null)
        {
            throw new InvalidOperationException($"Nothing is ever due for {document.Kind()}");
        }

        run(tx, document);
    }

    private DocumentKind Of(string name) => byName.GetValueOrDefault(name, Other);
}
