using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// A first period for nothing. Three days before its end the customer is to be warned; at its end the subscription
/// renews, or meets what was set for a customer without a card.
/// </summary>
internal static class Trial
{
    private const long WarningSeconds = 3 * 24 * 3600;
    private const long DaySeconds = 24 * 3600;
    private const string End = "trial_end";

    /// <summary>By days (new subscriptions only), by time, and what to do without a card at the end.</summary>
    public static readonly Param[] OfNew = [Param.Int("trial_period_days", 1, 730), .. OfUpdates()];

    public static Param[] OfUpdates() =>
        [
            Param.Text(End),
            Param.Group(
                "trial_settings",
                Param
                    .Group(
                        "end_behavior",
                        Param.OneOf("missing_payment_method", "cancel", "create_invoice", "pause").Required()
                    )
                    .Required()
            ),
        ];

    /// <summary>When a new subscription's trial ends, in unix seconds; null for none.</summary>
    public static long? EndOf(Transaction tx, JsonObject input)
    {
        var days = input.IntOrNull("trial_period_days");
        var given = input.TextOrNull(End);
        if (days is not null && given is not null)
        {
            throw StripeException.Invalid("You may only specify one of these: trial_end, trial_period_days.", End);
        }

        return days is not null ? tx.Now + days * DaySeconds
            : given is null or "now" ? null
            : Read(tx, given);
    }

    public static string? MissingPaymentMethod(JsonObject input) =>
        input.ChildOrNull("trial_settings")?.Child("end_behavior").Text("missing_payment_method");

    public static bool IsOn(JsonObject subscription) => subscription.Text("status") == "trialing";

    /// <summary>Whether a period that begins then is free.</summary>
    public static bool Covers(JsonObject subscription, long start) =>
        IsOn(subscription) && start < subscription.IntOrNull(End);

    /// <summary>When the warning is due; null if it was given, or there is no trial.</summary>
    public static long? WarnsAt(JsonObject subscription) =>
        IsOn(subscription) && !subscription.Flag("_trial_warned") ? subscription.Int(End) - WarningSeconds : null;

    public static JsonObject Warn(Transaction tx, JsonObject subscription)
    {
        var warned = tx.Change(subscription, change => change["_trial_warned"] = true);
        tx.Emit("customer.subscription.trial_will_end", warned);
        return warned;
    }

    /// <summary>Begins a trial, moves the end of a running one, or ends it now.</summary>
    /// <returns>Whether a new period begins now, free or paid.</returns>
    public static bool Apply(Transaction tx, JsonObject subscription, JsonObject input)
    {
        if (MissingPaymentMethod(input) is { } missing)
        {
            subscription.Child("trial_settings").Child("end_behavior")["missing_payment_method"] = missing;
        }

        if (input.TextOrNull(End) is not { } given)
        {
            return false;
        }

        if (!IsOn(subscription))
        {
            // There is no trial that "now" could end.
            return given != "now" && Begin(tx, subscription, Read(tx, given));
        }

        var end = given == "now" ? tx.Now : Read(tx, given);
        subscription[End] = end;
        if (given == "now" && !StopsWithoutCard(tx, subscription))
        {
            subscription["status"] = "active";
            return true;
        }

        subscription["billing_cycle_anchor"] = end;
        subscription["_trial_warned"] = false;
        foreach (var item in subscription.Listed("items"))
        {
            item["current_period_end"] = end;
        }

        UpcomingInvoice.SkipIfLate(subscription, tx.Now);
        return false;
    }

    /// <summary>Whether its end has come, and nothing was decided yet.</summary>
    public static bool IsOver(Transaction tx, JsonObject subscription) =>
        IsOn(subscription) && subscription.Int(End) <= tx.Now;

    /// <summary>
    /// The trial is over without a card: does what was set for that; false if it renews all the same.
    /// </summary>
    /// <param name="before">The version that the world saw last.</param>
    public static bool EndsWithoutCard(Transaction tx, JsonObject before, JsonObject subscription)
    {
        if (!StopsWithoutCard(tx, subscription))
        {
            return false;
        }

        if (MissingCardBehavior(subscription) == "cancel")
        {
            CancelSubscription.Now(tx, subscription, "cancellation_requested");
            return true;
        }

        var paused = tx.Change(subscription, change => change["status"] = "paused");
        tx.EmitChange("customer.subscription.updated", before, paused);
        tx.Emit("customer.subscription.paused", paused);
        Entitlements.RefreshEntitlements.Run(tx, paused.Text("customer"));
        return true;
    }

    private static bool StopsWithoutCard(Transaction tx, JsonObject subscription) =>
        MissingCardBehavior(subscription) != "create_invoice" && CollectInvoice.MethodOf(tx, subscription) is null;

    private static string MissingCardBehavior(JsonObject subscription) =>
        subscription.Child("trial_settings").Child("end_behavior").Text("missing_payment_method");

    /// <summary>A subscription that is paid already becomes free until then.</summary>
    private static bool Begin(Transaction tx, JsonObject subscription, long end)
    {
        if (subscription.Text("status") is not ("active" or "past_due"))
        {
            throw StripeException.Invalid(
                $"A trial cannot be added to a subscription with the status `{subscription.Text("status")}`.",
                End
            );
        }

        subscription["status"] = "trialing";
        subscription["trial_start"] = tx.Now;
        subscription[End] = end;
        subscription["_trial_warned"] = false;
        return true;
    }

    private static long Read(Transaction tx, string given)
    {
        if (!long.TryParse(given, CultureInfo.InvariantCulture, out var at))
        {
            throw StripeException.Invalid($"Invalid timestamp: {given}", End);
        }

        return at <= tx.Now ? throw StripeException.Invalid("`trial_end` must be in the future.", End)
            : at > tx.Now + 730 * DaySeconds
                ? throw StripeException.Invalid("`trial_end` is more than two years away.", End)
            : at;
    }
}
