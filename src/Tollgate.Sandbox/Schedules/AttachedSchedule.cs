using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Schedules;

/// <summary>What a subscription and the schedule attached to it require of each other.</summary>
internal static class AttachedSchedule
{
    public static JsonObject? Of(Transaction tx, JsonObject subscription) =>
        subscription.TextOrNull("schedule") is { } id
        && tx.Find(ScheduleDocument.Kind, id) is { } schedule
        && schedule.Text("status") == "active"
            ? schedule
            : null;

    /// <exception cref="StripeException">The change is the schedule's to make.</exception>
    public static void RequireFree(Transaction tx, JsonObject subscription, JsonObject input)
    {
        if (Of(tx, subscription) is not { } schedule)
        {
            return;
        }

        string[] endings = ["cancel_at", "cancel_at_period_end"];
        if (endings.FirstOrDefault(input.ContainsKey) is { } ending)
        {
            throw StripeException.Invalid(
                $"The subscription is managed by the subscription schedule `{schedule.Id()}`, and updating any "
                    + "cancelation behavior directly is not allowed. Please update the schedule instead.",
                ending
            );
        }

        if (input.TextOrNull("payment_behavior") == "pending_if_incomplete")
        {
            throw StripeException.Invalid(
                "The Sandbox does not have pending updates of a subscription that a schedule manages.",
                "payment_behavior"
            );
        }
    }

    /// <summary>Items that were changed on the subscription itself are those of the present phase.</summary>
    public static void FollowItems(Transaction tx, JsonObject subscription)
    {
        if (
            Of(tx, subscription) is { } schedule
            && !PhaseItems.AreThoseOf(ScheduleDocument.CurrentPhase(schedule)!, subscription)
        )
        {
            tx.Change(
                schedule,
                change => ScheduleDocument.CurrentPhase(change)!["items"] = PhaseItems.Of(subscription).ToJson(),
                "subscription_schedule.updated"
            );
        }
    }

    /// <summary>A schedule that is to cancel sets the subscription's end, one that is not takes it back.</summary>
    public static void SettleEnd(Transaction tx, JsonObject schedule)
    {
        var end = schedule.Text("end_behavior") == "cancel" ? ScheduleDocument.LastEnd(schedule) : (long?)null;
        var subscription = tx.Get(SubscriptionDocument.Kind, schedule.Text("subscription"));
        if (subscription.IntOrNull("cancel_at") != end)
        {
            tx.Change(subscription, change => SetEnd(tx, change, end), "customer.subscription.updated");
        }
    }

    public static void SetEnd(Transaction tx, JsonObject subscription, long? end)
    {
        subscription["cancel_at"] = end;
        subscription["cancel_at_period_end"] = false;
        subscription["canceled_at"] = end is null ? null : tx.Now;
        subscription.Child("cancellation_details")["reason"] = end is null ? null : "cancellation_requested";
    }

    /// <summary>The subscription has ended: so has its schedule, as planned or before its time.</summary>
    public static void End(Transaction tx, JsonObject subscription, string reason)
    {
        if (Of(tx, subscription) is not { } schedule)
        {
            return;
        }

        if (ScheduleDocument.LastEnd(schedule) <= tx.Now)
        {
            EndSchedule.Complete(tx, schedule);
        }
        else
        {
            EndSchedule.MarkCanceled(tx, schedule, isDelinquent: reason == "payment_failed");
        }
    }
}
