namespace Tollgate.Sandbox.Engine;

/// <summary>One version took the place of another in its collection; null is none.</summary>
internal sealed record Replacement(DocumentCollection Collection, string Id, StoredDocument? From, StoredDocument? To)
{
    public void Undo() => Collection.Replace(Id, To, From);
}
