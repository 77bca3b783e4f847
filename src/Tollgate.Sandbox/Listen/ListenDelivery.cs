using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;

namespace Tollgate.Sandbox.Listen;

/// <summary>
/// A delivery to <c>stripe listen</c>: sent once, acknowledged by the command line, then answered by the host that it
/// forwards to. Nobody tries it again, as with Stripe; <c>stripe events resend</c> does.
/// </summary>
internal static class ListenDelivery
{
    /// <summary>What goes over the socket now, or null if the delivery is none of a connected session.</summary>
    public static DeliveryAttempt? Compose(SandboxState state, JsonObject delivery)
    {
        var session = delivery.Text("endpoint");
        return state.Listeners.ContainsKey(session) && state.Find("event", delivery.Text("event")) is { } sent
            ? new DeliveryAttempt(
                delivery.Id(),
                session,
                Url: null,
                [ListenSessionRoutes.Secret(state)],
                Delivery.Body(delivery, sent)
            )
            : null;
    }

    public static void Record(Transaction tx, ListenResult result)
    {
        if (
            tx.Find(Delivery.Kind, result.DeliveryId) is not { } delivery
            || tx.Find(ListenSessionRoutes.Kind, delivery.Text("endpoint")) is null
        )
        {
            return;
        }

        var wasWaiting = delivery.Text("state") == "waiting";
        tx.Change(delivery, change => Note(change, result, tx.Now));
        if (wasWaiting)
        {
            Delivery.Acknowledge(tx, delivery.Text("event"));
        }
    }

    private static void Note(JsonObject delivery, ListenResult result, long now)
    {
        delivery["state"] = result.Status switch
        {
            null => "acknowledged",
            >= 200 and < 300 => "delivered",
            _ => "failed",
        };
        delivery["due"] = null;
        ((JsonArray)delivery["attempts"]!).Add(
            new JsonObject
            {
                ["at"] = now,
                ["status"] = result.Status,
                ["error"] = result.Status is null ? "received by stripe listen" : null,
                ["duration_ms"] = result.DurationMs,
            }
        );
    }
}
