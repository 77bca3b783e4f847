namespace Tollgate.Sandbox.Engine;

/// <summary>One index: for each key the places of the documents that have it, in ascending order.</summary>
internal sealed class PlacesByKey
{
    private static readonly List<int> None = [];
    private readonly Dictionary<string, List<int>> places = new(StringComparer.Ordinal);

    public List<int> Of(string key) => places.GetValueOrDefault(key, None);

    /// <summary>A document at a place had some keys and has others now.</summary>
    public void Move(string[] from, string[] to, int place)
    {
        if (from.AsSpan().SequenceEqual(to))
        {
            return;
        }

        foreach (var key in from)
        {
            Remove(key, place);
        }

        foreach (var key in to)
        {
            Add(key, place);
        }
    }

    /// <summary>Where in an ascending list the first place that is not below a limit stands.</summary>
    public static int FirstFrom(List<int> ascending, int limit)
    {
        var found = ascending.BinarySearch(limit);
        return found < 0 ? ~found : found;
    }

    private void Add(string key, int place)
    {
        if (!places.TryGetValue(key, out var list))
        {
            places[key] = list = new List<int>(1);
        }

        var index = FirstFrom(list, place);
        if (index == list.Count || list[index] != place)
        {
            list.Insert(index, place);
        }
    }

    private void Remove(string key, int place)
    {
        // A document may have a key twice (two items of one price); its place is in the list once.
        if (places.TryGetValue(key, out var list) && list.BinarySearch(place) is >= 0 and var index)
        {
            list.RemoveAt(index);
            if (list.Count == 0)
            {
                places.Remove(key);
            }
        }
    }
}
