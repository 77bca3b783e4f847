using System.Net;
using System.Text.Json;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>
/// An answer of the Sandbox: status, headers and body, read by dotted paths (<c>items.data.0.price.id</c>).
/// </summary>
internal sealed record Answered(HttpStatusCode Status, HttpResponseMessage Message, string Text, JsonElement Body)
{
    public string Id => this["id"];

    /// <summary>The value at a path as text; null is "null".</summary>
    public string this[string path] => At(path) is { ValueKind: JsonValueKind.Null } ? "null" : At(path).ToString();

    public JsonElement At(string path) => At(Body, path);

    public long Int(string path) => At(path).GetInt64();

    public IReadOnlyList<JsonElement> Data => [.. Body.GetProperty("data").EnumerateArray()];

    public IReadOnlyList<string> Ids => [.. Data.Select(element => element.GetProperty("id").GetString()!)];

    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    public static JsonElement At(JsonElement element, string path)
    {
        foreach (var step in path.Split('.'))
        {
            element = element.ValueKind == JsonValueKind.Array ? element[int.Parse(step)] : element.GetProperty(step);
        }

        return element;
    }
}
