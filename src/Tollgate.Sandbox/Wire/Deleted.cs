using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary>What a deletion answers.</summary>
internal static class Deleted
{
    public static JsonObject Of(JsonObject document) =>
        new()
        {
            ["id"] = document.Id(),
            ["object"] = document.Kind(),
            ["deleted"] = true,
        };
}
