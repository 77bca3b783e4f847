using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Portal;

/// <summary>
/// A change that the configuration wants at the end of the period: a schedule of two phases, until it comes about or
/// the customer takes it back.
/// </summary>
internal static class PortalSchedule
{
    private const string Own = "_by_portal";

    /// <exception cref="StripeException">The subscription ends before the change could come about.</exception>
    public static void Plan(Transaction tx, JsonObject subscription, JsonObject price, long quantity)
    {
        if (PortalCancellation.IsCanceling(subscription))
        {
            throw StripeException.Invalid("This plan is about to end. Take that back before you change it.");
        }

        var schedule = CreateSchedule.Of(tx, subscription);
        var present = schedule.Each("phases").Single();
        var (start, per) = (present.Int("end_date"), price.Child("recurring"));
        var end = BillingCalendar.BoundaryAfter(start, per.Text("interval"), (int)per.Int("interval_count"), start);
        var item = ScheduleDocument.Item(price.Id(), quantity, []);
        var next = ScheduleDocument.Phase(start, end, subscription.Text("currency"), [item]);
        next["discounts"] = present["discounts"]!.DeepClone();
        AutomaticTax.CopyGiven(next, present);
        tx.Change(
            schedule,
            change =>
            {
                change[Own] = true;
                ScheduleDocument.SetPhases(tx, change, [present.Copy(), next]);
            },
            "subscription_schedule.updated"
        );
    }

    /// <summary>The phase that the customer has chosen and that is still to come.</summary>
    public static JsonObject? Planned(Transaction tx, JsonObject subscription) =>
        AttachedSchedule.Of(tx, subscription) is { } schedule && schedule.Flag(Own)
            ? schedule
                .Each("phases")
                .FirstOrDefault(phase => phase.Int("start_date") == schedule.Child("current_phase").Int("end_date"))
            : null;

    /// <summary>Whether a schedule decides about the subscription, so that the page does not.</summary>
    public static bool IsManaged(Transaction tx, JsonObject subscription) =>
        AttachedSchedule.Of(tx, subscription) is { } schedule
        && (!schedule.Flag(Own) || Planned(tx, subscription) is not null);

    /// <summary>The subscription without a schedule of the portal that has done its work.</summary>
    public static JsonObject Settled(Transaction tx, JsonObject subscription)
    {
        if (AttachedSchedule.Of(tx, subscription) is not { } schedule || IsManaged(tx, subscription))
        {
            return subscription;
        }

        EndSchedule.Release(tx, schedule, keepsEnd: true);
        return tx.Get("subscription", subscription.Id());
    }

    /// <summary>Keeps the plan as it is.</summary>
    public static void Undo(Transaction tx, PortalVisit visit, JsonObject subscription)
    {
        visit.Require("subscription_update");
        if (Planned(tx, subscription) is null || AttachedSchedule.Of(tx, subscription) is not { } schedule)
        {
            throw StripeException.Invalid("There is no change to take back.");
        }

        EndSchedule.Release(tx, schedule, keepsEnd: true);
    }
}
