using System.Text.Json;

namespace Tollgate.Load.Plain;

/// <summary>What a handler must know of an event to keep it.</summary>
internal readonly record struct EventIds(string Id, string Type, string Customer)
{
    public static EventIds Of(byte[] body)
    {
        using var read = JsonDocument.Parse(body);
        var root = read.RootElement;
        var customer = root.GetProperty("data").GetProperty("object").GetProperty("customer");
        return new(root.GetProperty("id").GetString()!, root.GetProperty("type").GetString()!, customer.GetString()!);
    }
}
