using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Seeding;

/// <summary>Parameters as a form: <c>{"items": [{"price": "x"}]}</c> is <c>items[0][price]=x</c>.</summary>
internal static class SeedForm
{
    public static string Of(JsonObject parameters, Func<string, string> resolve) =>
        string.Join('&', parameters.SelectMany(member => Pairs(member.Key, member.Value, resolve)));

    private static IEnumerable<string> Pairs(string name, JsonNode? node, Func<string, string> resolve) =>
        node switch
        {
            JsonObject child => child.SelectMany(member => Pairs($"{name}[{member.Key}]", member.Value, resolve)),
            JsonArray array => array.SelectMany((element, index) => Pairs($"{name}[{index}]", element, resolve)),
            _ => [$"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(resolve(node?.ToString() ?? ""))}"],
        };
}
