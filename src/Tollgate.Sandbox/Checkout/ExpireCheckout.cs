using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;

namespace Tollgate.Sandbox.Checkout;

/// <summary>An open session ends unpaid: on request, or when its time is over.</summary>
internal static class ExpireCheckout
{
    public static long? At(JsonObject session) => session.Text("status") == "open" ? session.Int("expires_at") : null;

    public static JsonObject Run(Transaction tx, JsonObject session)
    {
        if (session.TextOrNull("_payment_intent") is { } intent)
        {
            PaymentIntentDocument.Cancel(tx, intent, "abandoned");
        }

        var expired = tx.Change(
            session,
            change =>
            {
                change["status"] = "expired";
                change["url"] = null;
            }
        );
        tx.Emit("checkout.session.expired", expired);
        return expired;
    }
}
