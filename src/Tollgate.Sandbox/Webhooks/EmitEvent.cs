using System.Text.Json.Nodes;
using Tollgate.Sandbox.Http;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Webhooks;

/// <summary>Records an event with the object as it looks now, and a delivery for each endpoint that wants it.</summary>
internal static class EmitEvent
{
    public static void Run(Transaction tx, string type, JsonObject document, JsonObject? previous)
    {
        var data = new JsonObject { ["object"] = tx.Published(document) };
        if (previous is not null)
        {
            data["previous_attributes"] = previous;
        }

        var endpoints = tx.NewestFirst("webhook_endpoint")
            .Where(endpoint => WebhookEndpointRoutes.Wants(endpoint, type))
            .Reverse()
            .Select(endpoint => endpoint.Id())
            .Concat(tx.Listeners)
            .ToList();
        var recorded = new JsonObject
        {
            ["id"] = Transaction.NewId("evt"),
            ["object"] = "event",
            ["api_version"] = ApiEndpoint.DefaultVersion,
            ["created"] = tx.Now,
            ["data"] = data,
            ["livemode"] = false,
            ["pending_webhooks"] = endpoints.Count,
            ["request"] = new JsonObject
            {
                ["id"] = tx.Origin?.RequestId,
                ["idempotency_key"] = tx.Origin?.IdempotencyKey,
            },
            ["type"] = type,
            ["_recorded"] = tx.SandboxNow,
        };
        tx.Add(recorded);
        tx.NewEvents.Add(recorded.Id());
        foreach (var endpoint in endpoints)
        {
            Delivery.Add(tx, recorded, endpoint);
        }
    }
}
