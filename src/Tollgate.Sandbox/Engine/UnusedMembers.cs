using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>Members that Stripe's objects always have and that a new one does not use.</summary>
internal sealed record UnusedMembers(string[] Nulls, string[] EmptyLists, string[] Zeros)
{
    public JsonObject AddTo(JsonObject document)
    {
        foreach (var name in Nulls)
        {
            document[name] = null;
        }

        foreach (var name in EmptyLists)
        {
            document[name] = new JsonArray();
        }

        foreach (var name in Zeros)
        {
            document[name] = 0;
        }

        return document;
    }
}
