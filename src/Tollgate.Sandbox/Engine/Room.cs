using System.Collections;
using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// Room for so many members in a new object that begins without any: the one way to say so. Else a document of fifty
/// members moves five times while it is made.
/// </summary>
internal sealed class Room(int count) : ICollection<KeyValuePair<string, JsonNode?>>
{
    public int Count => count;

    public bool IsReadOnly => true;

    public IEnumerator<KeyValuePair<string, JsonNode?>> GetEnumerator()
    {
        yield break;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Add(KeyValuePair<string, JsonNode?> item) => throw new NotSupportedException();

    public void Clear() => throw new NotSupportedException();

    public bool Contains(KeyValuePair<string, JsonNode?> item) => false;

    public void CopyTo(KeyValuePair<string, JsonNode?>[] array, int arrayIndex)
    {
        // There is nothing to copy.
    }

    public bool Remove(KeyValuePair<string, JsonNode?> item) => throw new NotSupportedException();
}
