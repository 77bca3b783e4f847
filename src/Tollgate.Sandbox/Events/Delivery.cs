using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Events;

/// <summary>
/// One event on its way to one endpoint. Attempts are spaced in Sandbox time, which never runs slower than the
/// machine's: close together at first, so that a host which was just restarted gets its events, then ever wider.
/// </summary>
internal static class Delivery
{
    public const string Kind = "_delivery";

    /// <summary>
    /// Seconds from a failed attempt to the next one; after the last of them the delivery is given up.
    /// </summary>
    private static readonly long[] RetrySeconds =
    [
        1,
        3,
        10,
        30,
        120,
        600,
        3_600,
        3 * 3_600,
        12 * 3_600,
        24 * 3_600,
        24 * 3_600,
    ];

    public static JsonObject Add(Transaction tx, string eventId, string endpoint)
    {
        var delivery = tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("wc"),
                ["object"] = Kind,
                ["event"] = eventId,
                ["endpoint"] = endpoint,
                ["state"] = "waiting",
                ["due"] = tx.SandboxNow,
                ["attempts"] = new JsonArray(),
            }
        );
        NewEvents.Of(tx).Deliveries.Add(delivery.Id());
        return delivery;
    }

    /// <summary>The bytes of the body: the event as it was recorded, unless chaos says otherwise.</summary>
    public static byte[] Body(JsonObject delivery, JsonObject sent)
    {
        var bytes = Rendering.ToBytes(sent);
        var version = delivery.TextOrNull("api_version");
        var isLive = delivery.Flag("livemode");
        if (version is null && !isLive)
        {
            return bytes;
        }

        var changed = (JsonObject)JsonNode.Parse(bytes)!;
        changed["livemode"] = isLive;
        return Rendering.ToBytes(version is null ? changed : OtherVersion.Of(changed, version));
    }

    /// <summary>Lets deliveries go that were on hold.</summary>
    public static bool LetGo(Transaction tx, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            if (tx.Find(Kind, id) is { } delivery && delivery.Text("state") == "waiting")
            {
                tx.Change(delivery, change => change["due"] = tx.Now);
            }
        }

        return true;
    }

    /// <summary>What goes over the wire now, or null if the endpoint is gone.</summary>
    public static DeliveryAttempt? Compose(SandboxState state, JsonObject delivery, long now)
    {
        var endpoint = state.Find("webhook_endpoint", delivery.Text("endpoint"));
        var sent = state.Find("event", delivery.Text("event"));
        return endpoint is null || sent is null || endpoint.Text("status") != "enabled"
            ? null
            : new DeliveryAttempt(
                delivery.Id(),
                endpoint.Id(),
                new Uri(endpoint.Text("url")),
                EndpointSecrets.Good(endpoint, now),
                Body(delivery, sent)
            );
    }

    /// <summary>What goes to a listener now, or null if the event is gone.</summary>
    public static DeliveryAttempt? Compose(SandboxState state, JsonObject delivery, IListener listener) =>
        state.Find("event", delivery.Text("event")) is { } sent
            ? new DeliveryAttempt(
                delivery.Id(),
                delivery.Text("endpoint"),
                Url: null,
                [listener.Secret],
                Body(delivery, sent)
            )
            : null;

    public static void Record(Transaction tx, DeliveryResult result)
    {
        if (tx.Find(Kind, result.DeliveryId) is not { } delivery || delivery.Text("state") != "waiting")
        {
            return;
        }

        var after = tx.Change(delivery, change => Note(change, result, tx.Now));
        if (after.Text("state") == "delivered")
        {
            Acknowledge(tx, after.Text("event"));
        }
    }

    /// <summary>
    /// Ends the deliveries of an endpoint that was disabled or deleted, or hung up; returns their ids.
    /// </summary>
    public static IReadOnlyList<string> DropAll(Transaction tx, string endpointId)
    {
        var waiting = tx.With(Kind, "waits_for", endpointId).ToList();
        return [.. waiting.Select(delivery => Drop(tx, delivery))];
    }

    /// <summary>Ends a delivery that nobody waits for any more; returns its id.</summary>
    public static string Drop(Transaction tx, JsonObject delivery)
    {
        tx.Change(
            delivery,
            change =>
            {
                change["state"] = "dropped";
                change["due"] = null;
            }
        );
        Acknowledge(tx, delivery.Text("event"));
        return delivery.Id();
    }

    /// <summary>One endpoint less that the event waits for.</summary>
    public static void Acknowledge(Transaction tx, string eventId)
    {
        if (tx.Find("event", eventId) is { } sent)
        {
            tx.Change(sent, change => change["pending_webhooks"] = Math.Max(0, change.Int("pending_webhooks") - 1));
        }
    }

    private static void Note(JsonObject delivery, DeliveryResult result, long now)
    {
        var attempts = (JsonArray)delivery["attempts"]!;
        attempts.Add(
            new JsonObject
            {
                ["at"] = now,
                ["status"] = result.Status,
                ["error"] = result.Error,
                ["duration_ms"] = result.DurationMs,
            }
        );
        if (result.IsSuccess)
        {
            delivery["state"] = "delivered";
            delivery["due"] = null;
        }
        else if (attempts.Count > RetrySeconds.Length)
        {
            delivery["state"] = "given_up";
            delivery["due"] = null;
        }
        else
        {
            delivery["due"] = now + RetrySeconds[attempts.Count - 1];
        }
    }
}
