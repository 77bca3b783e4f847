using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tollgate.Stripe;

/// <summary>
/// https://docs.stripe.com/api/events/object. What it carries was true when the event was made and is rendered in that
/// moment's version.
/// </summary>
public sealed record StripeEvent
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    /// <summary>Whole seconds: two events of one second have no order.</summary>
    public required DateTimeOffset Created { get; init; }

    public required bool Livemode { get; init; }

    public string? ApiVersion { get; init; }

    /// <summary><c>data.object</c></summary>
    public required JsonElement DataObject { get; init; }

    /// <summary><c>req_…</c> of the call that caused it; null for what Stripe does by itself.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// The event as a webhook would have brought it, in UTF-8, for whoever records what was never delivered.
    /// </summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}

internal sealed record EventWire(
    string Id,
    string Type,
    DateTimeOffset Created,
    bool Livemode,
    string? ApiVersion,
    EventDataWire Data,
    JsonElement? Request
)
{
    public static StripeEvent Read(JsonElement element)
    {
        var payload = JsonMarshal.GetRawUtf8Value(element);
        var wire = StripeJson.Read(payload, StripeJson.Default.EventWire);
        return new()
        {
            Id = wire.Id,
            Type = wire.Type,
            Created = wire.Created,
            Livemode = wire.Livemode,
            ApiVersion = wire.ApiVersion,
            DataObject = wire.Data.Object,
            RequestId = RequestIdOf(wire.Request),
            Payload = payload.ToArray(),
        };
    }

    // an object now; in versions before 2017 the id itself
    private static string? RequestIdOf(JsonElement? request) =>
        request switch
        {
            { ValueKind: JsonValueKind.String } id => id.GetString(),
            { ValueKind: JsonValueKind.Object } caller
                when caller.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
            _ => null,
        };
}

internal sealed record EventDataWire(JsonElement Object);
