using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Schedules;

/// <summary>Other phases, another end; what the present phase says now is so at once.</summary>
internal static class UpdateSchedule
{
    public static readonly Param[] Parameters =
    [
        SchedulePhases.Parameter,
        CreateSchedule.EndBehavior,
        Param.OneOf("proration_behavior", "always_invoice", "create_prorations", "none"),
    ];

    public static readonly Route Route = Route.Post(
        "/v1/subscription_schedules/{id}",
        call => Answer.Ok(Run(call.Tx, call.Tx.Get(ScheduleDocument.Kind, call.Id), call.Input)),
        [.. Parameters, CreateSchedule.DefaultSettings, Param.Map("metadata")]
    );

    public static JsonObject Run(Transaction tx, JsonObject schedule, JsonObject input)
    {
        if (!ScheduleDocument.IsOpen(schedule))
        {
            throw StripeException.Invalid(
                "You cannot update a subscription schedule that is currently in the "
                    + $"`{schedule.Text("status")}` status. It must be in `not_started`, `active` status to be updated."
            );
        }

        var former = ScheduleDocument.CurrentPhase(schedule);
        var updated = tx.Change(
            schedule,
            change =>
            {
                CreateSchedule.Apply(change, input);
                if (input["phases"] is JsonArray)
                {
                    Replace(tx, change, [.. input.Each("phases")]);
                }
            },
            "subscription_schedule.updated"
        );
        if (updated.Text("status") == "active")
        {
            Follow(tx, updated, former!, input.TextOrNull("proration_behavior") ?? "create_prorations");
        }

        return updated;
    }

    private static void Replace(Transaction tx, JsonObject schedule, IReadOnlyList<JsonObject> given)
    {
        var stated = given.Count > 0 ? SchedulePhases.StartOf(tx, given[0], "phases[0]") : null;
        var isActive = schedule.Text("status") == "active";
        var start =
            stated
            ?? (
                isActive
                    ? throw StripeException.Invalid(
                        "The first phase of a schedule that has started must have its `start_date`.",
                        "phases[0][start_date]",
                        "parameter_missing"
                    )
                    : schedule.Each("phases").First().Int("start_date")
            );
        var phases = SchedulePhases.Read(tx, given, start, schedule.Text("customer"));
        ScheduleDocument.SetPhases(tx, schedule, phases);
        if (!isActive)
        {
            RequireFuture(tx, start);
            return;
        }

        var current =
            schedule
                .Each("phases")
                .FirstOrDefault(phase => phase.Int("start_date") <= tx.Now && tx.Now < phase.Int("end_date"))
            ?? throw StripeException.Invalid("One of the phases must be the present one.", "phases");
        if (start < tx.Now && !IsKnown(schedule, current))
        {
            throw StripeException.Invalid(
                "The `start_date` of the present phase cannot be changed.",
                "phases[0][start_date]"
            );
        }

        ScheduleDocument.EnterPhase(schedule, current);
    }

    /// <summary>The present phase goes on, or begins now.</summary>
    private static bool IsKnown(JsonObject schedule, JsonObject current) =>
        current.Int("start_date") == schedule.Child("current_phase").Int("start_date");

    private static void RequireFuture(Transaction tx, long start)
    {
        if (start <= tx.Now)
        {
            throw StripeException.Invalid(
                "The Sandbox moves the start of a schedule to a later moment only, not to now.",
                "phases[0][start_date]"
            );
        }
    }

    /// <summary>
    /// What the present phase says now is so at once, and what it no longer says is so no more: a trial is over, a
    /// discount is gone.
    /// </summary>
    private static void Follow(Transaction tx, JsonObject schedule, JsonObject former, string proration)
    {
        var phase = ScheduleDocument.CurrentPhase(schedule)!;
        AttachedSchedule.SettleEnd(tx, schedule);
        var subscription = tx.Get(SubscriptionDocument.Kind, schedule.Text("subscription"));
        var wish = new JsonObject { ["proration_behavior"] = proration };
        if (!PhaseItems.AreThoseOf(phase, subscription))
        {
            wish["items"] = PhaseItems.Changes(phase, subscription);
        }

        if (Trial.IsOn(subscription) && phase.IntOrNull("trial_end") != subscription.Int("trial_end"))
        {
            wish["trial_end"] = phase.IntOrNull("trial_end")?.ToString(CultureInfo.InvariantCulture) ?? "now";
        }

        if (!JsonNode.DeepEquals(former["discounts"], phase["discounts"]))
        {
            wish["discounts"] = PhaseDiscounts.AsPlanned(phase);
        }

        if (AutomaticTax.IsOn(former) != AutomaticTax.IsOn(phase))
        {
            wish[AutomaticTax.Name] = AutomaticTax.OfSubscription(AutomaticTax.IsOn(phase));
        }

        if (wish.Count > 1)
        {
            ChangeSubscription.Run(tx, subscription, wish);
        }
    }
}
