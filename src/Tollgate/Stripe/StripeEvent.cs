using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using global::Stripe.Infrastructure;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// https://docs.stripe.com/api/events/object. What it carries was true when the event was made and is rendered in that
/// moment's version.
/// </summary>
internal sealed record StripeEvent
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

    internal static StripeEvent Of(RawEvent raw, Shape at)
    {
        at.Needs("id type created livemode data").Names("api_version request");
        return new()
        {
            Id = at.Text("id"),
            Type = at.Text("type"),
            Created = at.Time("created"),
            Livemode = at.Flag("livemode"),
            ApiVersion = at.Has("api_version") ? at.Text("api_version") : null,
            DataObject = at.At("data").At("object").Json,
            RequestId = RequestIdOf(at.Json.GetProperty("request")),
            Payload = JsonMarshal.GetRawUtf8Value(at.Json).ToArray(),
        };
    }

    // an object now; in versions before 2017 the id itself
    private static string? RequestIdOf(JsonElement request) =>
        request switch
        {
            { ValueKind: JsonValueKind.String } id => id.GetString(),
            { ValueKind: JsonValueKind.Object } caller
                when caller.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
            _ => null,
        };
}

/// <summary>
/// An event as it came: the SDK would read the object in it too, which may be rendered in another version and then fit
/// none of its types.
/// </summary>
[JsonConverter(typeof(STJStripeEntityConverter))]
internal sealed class RawEvent : Sdk.StripeEntity<RawEvent>, Sdk.IHasId
{
    [JsonPropertyName("id")]
    public string Id { get; set; } = "";
}
