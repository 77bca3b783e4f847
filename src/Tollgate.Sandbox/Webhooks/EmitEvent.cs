using System.Text.Json.Nodes;
using Tollgate.Sandbox.Http;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Webhooks;

/// <summary>
/// Records an event with the object as it looks now, and a delivery for each endpoint that wants it. Most events are
/// never read, so that one is written as text at once.
/// </summary>
internal static class EmitEvent
{
    public static void Run(Transaction tx, string type, JsonObject document, JsonObject? previous)
    {
        var endpoints = tx.NewestFirst("webhook_endpoint")
            .Where(endpoint => WebhookEndpointRoutes.Wants(endpoint, type))
            .Reverse()
            .Select(endpoint => endpoint.Id())
            .Concat(tx.Listeners)
            .ToList();
        var id = Transaction.NewId("evt");
        var head = new JsonObject
        {
            ["id"] = id,
            ["object"] = "event",
            ["type"] = type,
        };
        tx.Add(head, Text(tx, id, type, tx.Published(document), previous, endpoints.Count));
        tx.NewEvents.Add(id);
        foreach (var endpoint in endpoints)
        {
            Delivery.Add(tx, id, endpoint);
        }
    }

    private static byte[] Text(
        Transaction tx,
        string id,
        string type,
        byte[] published,
        JsonObject? previous,
        int waiting
    ) =>
        Utf8Text.Of(
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
                writer.WriteRawValue(published, skipInputValidation: true);
                if (previous is not null)
                {
                    writer.WritePropertyName("previous_attributes");
                    previous.WriteTo(writer);
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
}
