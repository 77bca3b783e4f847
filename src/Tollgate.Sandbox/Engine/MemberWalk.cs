using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>Goes through an object's members without an enumerator on the heap: documents have many objects.</summary>
internal struct MemberWalk(JsonObject document)
{
    private int index = -1;

    public readonly KeyValuePair<string, JsonNode?> Current => document.GetAt(index);

    public bool MoveNext() => ++index < document.Count;

    public readonly MemberWalk GetEnumerator() => this;
}
