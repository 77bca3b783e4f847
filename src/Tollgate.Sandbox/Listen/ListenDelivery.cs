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
    /// <returns>Whether the delivery is one of <c>stripe listen</c>.</returns>
    public static bool Record(Transaction tx, ListenResult result)
    {
        if (
            tx.Find(Delivery.Kind, result.DeliveryId) is not { } delivery
            || tx.Find(ListenSessionRoutes.Kind, delivery.Text("endpoint")) is null
        )
        {
            return false;
        }

        var wasWaiting = delivery.Text("state") == "waiting";
        tx.Change(delivery, change => Note(change, result, tx.Now));
        if (wasWaiting)
        {
            Delivery.Acknowledge(tx, delivery.Text("event"));
        }

        return true;
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
