using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>A member and the value that is searched.</summary>
internal sealed record IndexKey(string Member, string Key);

/// <summary>
/// What documents of a kind are looked up by besides their id. A list's filter of the same name uses it.
/// </summary>
/// <param name="Keys">A document's values; none where it is not to be found.</param>
internal sealed record IndexedMember(string Name, Func<JsonObject, string[]> Keys)
{
    public static IndexedMember By(string name) => ByValue(name, document => document.TextOrNull(name));

    public static IndexedMember ByValue(string name, Func<JsonObject, string?> value) =>
        new(name, document => value(document) is { } key ? [key] : []);

    /// <summary>Found by each element of its list of items.</summary>
    public static IndexedMember ByItem(string name, Func<JsonObject, string> value) =>
        new(name, document => [.. document.Listed("items").Select(value)]);
}
