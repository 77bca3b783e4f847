using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Schedules;

/// <summary>What time does to a schedule: it starts, goes from phase to phase, and ends.</summary>
internal static class ScheduleDue
{
    /// <summary>How long before its end Stripe announces it.</summary>
    public const long WarningSeconds = 7 * 24 * 3600;

    public static long? At(JsonObject schedule) =>
        schedule.Text("status") switch
        {
            "not_started" => schedule.Each("phases").First().Int("start_date"),
            "active" => Math.Min(WarnsAt(schedule), schedule.Child("current_phase").Int("end_date")),
            _ => null,
        };

    public static void Run(Transaction tx, JsonObject schedule)
    {
        if (schedule.Text("status") == "not_started")
        {
            tx.Change(schedule, change => StartSchedule.Run(tx, change), "subscription_schedule.updated");
        }
        else if (WarnsAt(schedule) <= tx.Now)
        {
            var announced = tx.Change(schedule, change => change["_expiring_announced"] = true);
            tx.Emit("subscription_schedule.expiring", announced);
        }
        else
        {
            EndPhase(tx, schedule);
        }
    }

    /// <summary>
    /// The subscription as it is to renew at a boundary: where a phase ends there, as the next phase wants it. Nothing
    /// of this is prorated or invoiced: the renewal bills it.
    /// </summary>
    public static JsonObject BeforeRenewal(Transaction tx, JsonObject subscription, long boundary)
    {
        if (
            AttachedSchedule.Of(tx, subscription) is not { } schedule
            || schedule.Child("current_phase").Int("end_date") != boundary
        )
        {
            return subscription;
        }

        var phase = Next(tx, schedule);
        var current = tx.Get(SubscriptionDocument.Kind, subscription.Id());
        return phase is null
            ? current
            : tx.Change(
                current,
                change =>
                {
                    var wish = Wish(schedule, phase, change);
                    ChangeSubscription.ApplyPlain(tx, change, wish);
                    ItemChanges.Apply(tx, change, [.. wish.Each("items")]);
                    if (IntervalOf(change) != IntervalOf(current) || wish.ContainsKey("billing_cycle_anchor"))
                    {
                        change["billing_cycle_anchor"] = boundary;
                    }
                }
            );
    }

    private static long WarnsAt(JsonObject schedule) =>
        schedule.Flag("_expiring_announced") ? long.MaxValue : ScheduleDocument.LastEnd(schedule) - WarningSeconds;

    private static void EndPhase(Transaction tx, JsonObject schedule)
    {
        var before = tx.Get(SubscriptionDocument.Kind, schedule.Text("subscription"));
        if (SubscriptionDue.At(before) == tx.Now)
        {
            // The period ends too: its renewal, or its end, takes the next phase along.
            SubscriptionDue.Run(tx, before);
        }

        var reached = tx.Get(ScheduleDocument.Kind, schedule.Id());
        if (reached.ChildOrNull("current_phase")?.Int("end_date") != tx.Now)
        {
            return;
        }

        before = tx.Get(SubscriptionDocument.Kind, before.Id());
        if (Next(tx, reached) is { } phase)
        {
            ChangeSubscription.Run(tx, before, Wish(reached, phase, before));
        }
        else
        {
            tx.EmitChange("customer.subscription.updated", before, tx.Get(SubscriptionDocument.Kind, before.Id()));
        }
    }

    /// <summary>Enters the phase after the present one; null when that was the last.</summary>
    private static JsonObject? Next(Transaction tx, JsonObject schedule)
    {
        var end = schedule.Child("current_phase").Int("end_date");
        if (schedule.Each("phases").FirstOrDefault(phase => phase.Int("start_date") == end) is not { } next)
        {
            EndSchedule.AfterLastPhase(tx, schedule);
            return null;
        }

        tx.Change(schedule, change => ScheduleDocument.EnterPhase(change, next), "subscription_schedule.updated");
        return next;
    }

    /// <summary>What a phase asks of the subscription, in the words of a request to change it.</summary>
    private static JsonObject Wish(JsonObject schedule, JsonObject phase, JsonObject subscription)
    {
        var wish = new JsonObject
        {
            ["items"] = PhaseItems.Changes(phase, subscription),
            ["proration_behavior"] = phase.Text("proration_behavior"),
        };
        if (phase.ChildOrNull("metadata") is { Count: > 0 } metadata)
        {
            wish["metadata"] = metadata.Copy();
        }

        foreach (var name in new[] { "default_payment_method", "description" })
        {
            if (phase.TextOrNull(name) is { } value)
            {
                wish[name] = value;
            }
        }

        // Discounts stay unless the phase names others than the one before it.
        var former = schedule.Each("phases").First(one => one.Int("end_date") == phase.Int("start_date"));
        if (!JsonNode.DeepEquals(former["discounts"], phase["discounts"]))
        {
            wish["discounts"] = PhaseDiscounts.AsPlanned(phase);
        }

        if (AutomaticTax.IsOn(phase) != AutomaticTax.IsOn(former))
        {
            wish[AutomaticTax.Name] = AutomaticTax.OfSubscription(AutomaticTax.IsOn(phase));
        }

        var anchor = phase.TextOrNull("billing_cycle_anchor");
        if ((anchor ?? schedule.Child("default_settings").Text("billing_cycle_anchor")) == "phase_start")
        {
            wish["billing_cycle_anchor"] = new JsonObject { ["type"] = "now" };
        }

        return wish;
    }

    private static (string Interval, long Count) IntervalOf(JsonObject subscription)
    {
        var recurring = subscription.Listed("items").First().Child("price").Child("recurring");
        return (recurring.Text("interval"), recurring.Int("interval_count"));
    }
}
