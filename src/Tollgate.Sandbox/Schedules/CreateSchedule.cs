using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Schedules;

/// <summary>
/// A new schedule: of a subscription that there is, as it is now, or of one that the first phase will start.
/// </summary>
internal static class CreateSchedule
{
    private const string FromSubscription = "from_subscription";

    public static readonly Param EndBehavior = Param.OneOf("end_behavior", "cancel", "release");

    public static readonly Param DefaultSettings = Param.Group(
        "default_settings",
        Param.OneOf("billing_cycle_anchor", "automatic", "phase_start"),
        Param.OneOf("collection_method", "charge_automatically"),
        Param.Text("default_payment_method"),
        Param.Text("description")
    );

    public static readonly Route Route = Route.Post(
        "/v1/subscription_schedules",
        Run,
        Param.Text("customer"),
        Param.Text(FromSubscription),
        Param.Text("start_date"),
        Param.Group("billing_mode", Param.OneOf("type", "classic", "flexible").Required()),
        SchedulePhases.Parameter,
        EndBehavior,
        DefaultSettings,
        Param.Map("metadata")
    );

    /// <summary>A schedule of one phase, the present period, after which nothing changes.</summary>
    public static JsonObject Of(Transaction tx, JsonObject subscription)
    {
        RequireFree(subscription);
        var end = subscription.IntOrNull("cancel_at") ?? SubscriptionDocument.PeriodEnd(subscription);
        var phase = ScheduleDocument.Phase(
            SubscriptionDocument.PeriodStart(subscription),
            end,
            subscription.Text("currency"),
            PhaseItems.Of(subscription)
        );
        phase["trial_end"] = Trial.IsOn(subscription) ? subscription.Int("trial_end") : null;
        phase["discounts"] = PhaseDiscounts.Of(subscription);
        phase["default_payment_method"] = subscription.TextOrNull("default_payment_method");
        phase["description"] = subscription.TextOrNull("description");
        if (AutomaticTax.IsOn(subscription))
        {
            phase[AutomaticTax.Name] = AutomaticTax.OfSubscription(isOn: true);
        }

        var customer = tx.Get("customer", subscription.Text("customer"));
        var mode = subscription.Child("billing_mode").Copy();
        var schedule = ScheduleDocument.Build(tx, customer, mode, [phase]);
        schedule["status"] = "active";
        schedule["subscription"] = subscription.Id();
        schedule["end_behavior"] = subscription.IntOrNull("cancel_at") is null ? "release" : "cancel";
        ScheduleDocument.EnterPhase(schedule, phase);
        tx.Change(subscription, change => change["schedule"] = schedule.Id(), "customer.subscription.updated");
        return tx.Add(schedule, "subscription_schedule.created");
    }

    public static void Apply(JsonObject schedule, JsonObject input)
    {
        Metadata.Apply(schedule, input);
        Metadata.CopyGiven(schedule, input, "end_behavior");
        if (input.ChildOrNull("default_settings") is { } settings)
        {
            Metadata.CopyGiven(
                schedule.Child("default_settings"),
                settings,
                "billing_cycle_anchor",
                "default_payment_method",
                "description"
            );
        }
    }

    private static Answer Run(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        if (input.TextOrNull(FromSubscription) is not { } id)
        {
            return Answer.Ok(FromPhases(tx, input));
        }

        var other = input.Select(given => given.Key).FirstOrDefault(name => name is not (FromSubscription or "expand"));
        return other is null
            ? Answer.Ok(Of(tx, tx.Get(SubscriptionDocument.Kind, id, FromSubscription)))
            : throw StripeException.Invalid($"You cannot set `{other}` if `{FromSubscription}` is set.", other);
    }

    private static JsonObject FromPhases(Transaction tx, JsonObject input)
    {
        var customer = tx.Get("customer", Required(input, "customer"), "customer");
        var start = SchedulePhases.Moment(tx, Required(input, "start_date"), "start_date");
        if (start < tx.Now)
        {
            throw StripeException.Invalid("The Sandbox does not have schedules that start in the past.", "start_date");
        }

        var phases = SchedulePhases.Read(tx, [.. input.Each("phases")], start, customer.Id());
        var mode = SubscriptionDocument.BillingMode(tx, input.ChildOrNull("billing_mode")?.Text("type") ?? "flexible");
        var schedule = ScheduleDocument.Build(tx, customer, mode, phases);
        Apply(schedule, input);
        if (start == tx.Now)
        {
            StartSchedule.Run(tx, schedule);
        }

        return tx.Add(schedule, "subscription_schedule.created");
    }

    private static string Required(JsonObject input, string name) =>
        input.TextOrNull(name)
        ?? throw StripeException.Invalid($"Missing required param: {name}.", name, "parameter_missing");

    private static void RequireFree(JsonObject subscription)
    {
        if (subscription.TextOrNull("schedule") is { } attached)
        {
            throw StripeException.Invalid(
                $"You cannot migrate a subscription that is already attached to a schedule: {attached}",
                FromSubscription
            );
        }

        if (subscription.Text("status") is not ("active" or "trialing" or "past_due" or "unpaid"))
        {
            throw StripeException.Invalid(
                $"You cannot migrate a subscription that is in the {subscription.Text("status")} status.",
                FromSubscription
            );
        }
    }
}
