using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.State;

/// <summary>Documents of one kind in the order of their creation.</summary>
internal sealed class DocumentCollection
{
    private readonly Dictionary<string, (int Place, JsonObject Document)> byId = new(StringComparer.Ordinal);

    /// <summary>
    /// Ids by place; a removed document leaves an empty place, so that putting it back keeps the order.
    /// </summary>
    private readonly List<string?> places = [];

    public JsonObject? Find(string id) => byId.TryGetValue(id, out var entry) ? entry.Document : null;

    /// <summary>Stores a version and returns what undoes it.</summary>
    public Action Put(string id, JsonObject document)
    {
        if (byId.TryGetValue(id, out var entry))
        {
            byId[id] = entry with { Document = document };
            return () => byId[id] = entry;
        }

        var place = places.Count;
        byId[id] = (place, document);
        places.Add(id);
        return () =>
        {
            byId.Remove(id);
            places[place] = null;
        };
    }

    /// <summary>Removes a document and returns what undoes it, or null if there is none.</summary>
    public Action? Remove(string id)
    {
        if (!byId.Remove(id, out var entry))
        {
            return null;
        }

        places[entry.Place] = null;
        return () =>
        {
            byId[id] = entry;
            places[entry.Place] = id;
        };
    }

    public IEnumerable<JsonObject> OldestFirst()
    {
        for (var place = 0; place < places.Count; place++)
        {
            if (places[place] is { } id)
            {
                yield return byId[id].Document;
            }
        }
    }

    public IEnumerable<JsonObject> NewestFirst()
    {
        for (var place = places.Count - 1; place >= 0; place--)
        {
            if (places[place] is { } id)
            {
                yield return byId[id].Document;
            }
        }
    }
}
