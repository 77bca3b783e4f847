using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Portal;

/// <summary>The customer cancels on the portal, or takes it back before the end.</summary>
internal static class PortalCancellation
{
    public static bool CanCancel(PortalVisit visit, JsonObject subscription) =>
        visit.Has("subscription_cancel") && !IsCanceling(subscription);

    public static bool IsCanceling(JsonObject subscription) => subscription.IntOrNull("cancel_at") is not null;

    /// <summary>Whether it ends on the spot rather than with the period.</summary>
    public static bool IsImmediate(PortalVisit visit) =>
        visit.Features.Child("subscription_cancel").Text("mode") == "immediately";

    /// <summary>The reasons to choose from; empty when none is asked for.</summary>
    public static IReadOnlyList<string> Reasons(PortalVisit visit)
    {
        var asked = visit.Features.Child("subscription_cancel").Child("cancellation_reason");
        return asked.Flag("enabled") ? [.. asked.Texts("options")] : [];
    }

    /// <exception cref="StripeException">The page does not offer it, or it is canceled already.</exception>
    public static void Run(
        Transaction tx,
        PortalVisit visit,
        JsonObject subscription,
        string? feedback,
        string? comment
    )
    {
        if (!CanCancel(visit, subscription))
        {
            throw StripeException.Invalid("This subscription cannot be canceled here.");
        }

        if (feedback is not null && !Reasons(visit).Contains(feedback, StringComparer.Ordinal))
        {
            throw StripeException.Invalid("This reason is not offered here.", "feedback");
        }

        var details = new JsonObject { ["comment"] = comment, ["feedback"] = feedback };
        if (IsImmediate(visit))
        {
            var proration = visit.Features.Child("subscription_cancel").Text("proration_behavior");
            CancelSubscription.AndSettle(
                tx,
                subscription,
                prorate: proration != "none",
                invoiceNow: proration == "always_invoice",
                details
            );
            return;
        }

        // In flexible billing the portal names the moment, in classic billing it sets the flag.
        var input = new JsonObject { ["cancellation_details"] = details };
        if (subscription.Child("billing_mode").Text("type") == "flexible")
        {
            input["cancel_at"] = "min_period_end";
        }
        else
        {
            input["cancel_at_period_end"] = true;
        }

        ChangeSubscription.Run(tx, PortalSchedule.Settled(tx, subscription), input);
    }

    /// <summary>Takes a cancellation back that has not come about yet.</summary>
    public static void Undo(Transaction tx, PortalVisit visit, JsonObject subscription)
    {
        visit.Require("subscription_cancel");
        ChangeSubscription.Run(tx, subscription, new JsonObject { ["cancel_at_period_end"] = false });
    }
}
