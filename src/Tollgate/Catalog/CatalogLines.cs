using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Tollgate.Catalog;

/// <summary>On which line of a catalog's file something stands.</summary>
internal sealed class CatalogLines
{
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    public CatalogLines(JToken root)
    {
        // a member comes before its value, which may begin further down
        foreach (var token in CatalogSchema.Descend(root))
        {
            lines.TryAdd(token.Path, ((IJsonLineInfo)token).LineNumber);
        }
    }

    /// <summary>From 1; of what is not there, the line of what it is missing in.</summary>
    public int Of(string path)
    {
        while (path.Length > 0)
        {
            if (lines.TryGetValue(path, out var line))
            {
                return line;
            }

            path = path[..Math.Max(path.LastIndexOfAny(['.', '[']), 0)];
        }

        return lines[string.Empty];
    }
}
