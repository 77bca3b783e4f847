using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Events;

/// <summary>
/// Records an event with the object as it is now, and a delivery for each endpoint that wants it. Most events are
/// never read, so that one is written as text at once.
/// </summary>
internal static class EmitEvent
{
    /// <summary>An update that the world cannot see is silent.</summary>
    public static void Run(Transaction tx, string type, JsonObject document, JsonObject? former)
    {
        if (former is not null && !PreviousAttributes.Any(former, document))
        {
            return;
        }

        List<string> endpoints =
        [
            .. tx.OldestFirst("webhook_endpoint")
                .Where(endpoint => WebhookEndpointRoutes.Wants(endpoint, type))
                .Select(endpoint => endpoint.Id()),
            .. tx.InMemory<Listeners>().Sessions,
        ];
        var id = Transaction.NewId("evt");
        var head = new JsonObject
        {
            ["id"] = id,
            ["object"] = "event",
            ["type"] = type,
        };
        tx.Add(head, Text(tx, id, type, document, former, endpoints.Count));
        NewEvents.Of(tx).Events.Add(id);
        foreach (var endpoint in endpoints)
        {
            Delivery.Add(tx, id, endpoint);
        }
    }

    private static byte[] Text(
        Transaction tx,
        string id,
        string type,
        JsonObject document,
        JsonObject? former,
        int waiting
    )
    {
        var (start, end) = (0, 0);
        var text = Utf8Text.Of(
            Utf8Text.Dense,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("id", id);
                writer.WriteString("object", "event");
                writer.WriteString("api_version", ApiEndpoint.DefaultVersion);
                writer.WriteNumber("created", tx.Now);
                writer.WriteStartObject("data");
                writer.WritePropertyName("object");
                start = Position(writer);
                Show(tx, writer, document);
                end = Position(writer);
                if (former is not null)
                {
                    writer.WritePropertyName("previous_attributes");
                    PreviousAttributes.Write(writer, former, document);
                }

                writer.WriteEndObject();
                writer.WriteBoolean("livemode", value: false);
                writer.WriteNumber("pending_webhooks", waiting);
                writer.WriteStartObject("request");
                writer.WriteString("id", tx.Origin?.RequestId);
                writer.WriteString("idempotency_key", tx.Origin?.IdempotencyKey);
                writer.WriteEndObject();
                writer.WriteString("type", type);
                writer.WriteNumber("_recorded", tx.SandboxNow);
                writer.WriteEndObject();
            }
        );
        tx.Shown.TryAdd(document, text.AsMemory(start..end));
        return text;
    }

    /// <summary>A version that an event of the command shows already is copied from there.</summary>
    private static void Show(Transaction tx, Utf8JsonWriter writer, JsonObject document)
    {
        if (tx.Shown.TryGetValue(document, out var shown))
        {
            writer.WriteRawValue(shown.Span, skipInputValidation: true);
        }
        else
        {
            Rendering.Write(writer, document);
        }
    }

    private static int Position(Utf8JsonWriter writer) => (int)(writer.BytesCommitted + writer.BytesPending);
}
