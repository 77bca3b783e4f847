using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// <c>POST /v1/subscriptions/{id}/resume</c>: a paused subscription begins a new period now, and is active once its
/// invoice is paid.
/// </summary>
internal static class ResumeSubscription
{
    public static readonly Route Route = Route.Post(
        "/v1/subscriptions/{id}/resume",
        Run,
        Param.Group("billing_cycle_anchor", Param.OneOf("type", "now").Required()),
        Param.OneOf("proration_behavior", "none")
    );

    private static Answer Run(Call call)
    {
        var subscription = call.Tx.Get(SubscriptionDocument.Kind, call.Id);
        return subscription.Text("status") == "paused"
            ? Answer.Ok(
                ChangeSubscription.Run(
                    call.Tx,
                    subscription,
                    new JsonObject
                    {
                        ["billing_cycle_anchor"] = new JsonObject { ["type"] = "now" },
                        ["proration_behavior"] = "none",
                    }
                )
            )
            : throw StripeException.Invalid("Only subscriptions with the status `paused` can be resumed.");
    }
}
