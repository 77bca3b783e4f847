using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>What a subscription's status, or a change that waits, leaves to be changed.</summary>
internal static class AllowedChange
{
    /// <exception cref="StripeException">The request changes more than that.</exception>
    public static void Require(JsonObject subscription, JsonObject input)
    {
        string[] always = ["metadata", "cancellation_details", "expand"];
        var allowed = subscription.Text("status") switch
        {
            "canceled" or "incomplete_expired" => always,
            "incomplete" => [.. always, "default_payment_method", "description"],
            _ => null,
        };
        if (PendingUpdate.IsWaiting(subscription) && (input.ContainsKey("items") || input.ContainsKey("trial_end")))
        {
            throw StripeException.Invalid(
                "This subscription has a pending update: pay its latest invoice first.",
                "items"
            );
        }

        if (allowed is not null && input.Any(given => !allowed.Contains(given.Key, StringComparer.Ordinal)))
        {
            throw StripeException.Invalid(
                subscription.Text("status") == "incomplete"
                    ? "This subscription is incomplete: only its metadata and default payment method can be updated "
                        + "until its first invoice is paid."
                    : "A canceled subscription can only update its cancellation_details and metadata."
            );
        }
    }
}
