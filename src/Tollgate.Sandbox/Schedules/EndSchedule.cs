using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Schedules;

/// <summary>A schedule is over: canceled with its subscription, or released, which leaves the subscription.</summary>
internal static class EndSchedule
{
    private const string Kind = ScheduleDocument.Kind;
    private const string Updated = "customer.subscription.updated";

    public static readonly Route[] Routes =
    [
        Route.Post(
            "/v1/subscription_schedules/{id}/cancel",
            Cancel,
            Param.OneOf("invoice_now", "false"),
            Param.OneOf("prorate", "false")
        ),
        Route.Post("/v1/subscription_schedules/{id}/release", Release, Param.Flag("preserve_cancel_date")),
    ];

    /// <summary>The last phase is over.</summary>
    public static void AfterLastPhase(Transaction tx, JsonObject schedule)
    {
        var subscription = tx.Get(SubscriptionDocument.Kind, schedule.Text("subscription"));
        if (schedule.Text("end_behavior") == "cancel")
        {
            CancelSubscription.Now(tx, subscription, "cancellation_requested");
            return;
        }

        tx.Change(subscription, change => change["schedule"] = null);
        var released = tx.Change(
            schedule,
            change =>
            {
                Free(tx, change);
                change["completed_at"] = tx.Now;
            }
        );
        tx.Emit($"{Kind}.completed", released);
        tx.Emit($"{Kind}.released", released);
    }

    public static void Complete(Transaction tx, JsonObject schedule)
    {
        var completed = tx.Change(
            schedule,
            change =>
            {
                change["completed_at"] = tx.Now;
                change["current_phase"] = null;
                change["status"] = "completed";
            }
        );
        tx.Emit($"{Kind}.completed", completed);
    }

    /// <param name="isDelinquent">Nobody asked for it: the subscription was canceled because it was not paid.</param>
    public static JsonObject MarkCanceled(Transaction tx, JsonObject schedule, bool isDelinquent)
    {
        var canceled = tx.Change(
            schedule,
            change =>
            {
                change["canceled_at"] = tx.Now;
                change["current_phase"] = null;
                change["status"] = "canceled";
            }
        );
        tx.Emit(isDelinquent ? $"{Kind}.aborted" : $"{Kind}.canceled", canceled);
        return canceled;
    }

    private static Answer Cancel(Call call)
    {
        var tx = call.Tx;
        var schedule = Open(call, "cancel");
        if (schedule.TextOrNull("subscription") is not { } id)
        {
            return Answer.Ok(MarkCanceled(tx, schedule, isDelinquent: false));
        }

        CancelSubscription.Now(tx, tx.Get(SubscriptionDocument.Kind, id), "cancellation_requested");
        return Answer.Ok(tx.Get(Kind, schedule.Id()));
    }

    private static Answer Release(Call call)
    {
        var schedule = Open(call, "release");
        var keepsEnd = call.Input.Flag("preserve_cancel_date");
        return Answer.Ok(Release(call.Tx, schedule, keepsEnd));
    }

    /// <summary>Lets the subscription go on as it is now.</summary>
    public static JsonObject Release(Transaction tx, JsonObject schedule, bool keepsEnd)
    {
        if (schedule.TextOrNull("subscription") is { } id)
        {
            tx.Change(
                tx.Get(SubscriptionDocument.Kind, id),
                change =>
                {
                    change["schedule"] = null;
                    if (!keepsEnd)
                    {
                        AttachedSchedule.SetEnd(tx, change, end: null);
                    }
                },
                Updated
            );
        }

        var released = tx.Change(schedule, change => Free(tx, change));
        tx.Emit($"{Kind}.released", released);
        return released;
    }

    private static void Free(Transaction tx, JsonObject schedule)
    {
        schedule["current_phase"] = null;
        schedule["released_at"] = tx.Now;
        schedule["released_subscription"] = schedule.TextOrNull("subscription");
        schedule["status"] = "released";
        schedule["subscription"] = null;
    }

    private static JsonObject Open(Call call, string wish)
    {
        var schedule = call.Tx.Get(Kind, call.Id);
        return ScheduleDocument.IsOpen(schedule)
            ? schedule
            : throw StripeException.Invalid(
                $"You cannot {wish} a subscription schedule that is currently in the `{schedule.Text("status")}` "
                    + "status. It must be in `not_started`, `active` status."
            );
    }
}
