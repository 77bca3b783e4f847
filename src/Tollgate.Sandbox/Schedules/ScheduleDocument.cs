using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Schedules;

/// <summary>The shape of a subscription schedule and of its phases.</summary>
internal static class ScheduleDocument
{
    public const string Kind = "subscription_schedule";

    private static readonly UnusedMembers Unused = new(
        [
            "application",
            "canceled_at",
            "completed_at",
            "current_phase",
            "customer_account",
            "released_at",
            "released_subscription",
            "subscription",
        ],
        ["pause_schedules"],
        []
    );

    private static readonly UnusedMembers UnusedInPhase = new(
        [
            "application_fee_percent",
            "billing_thresholds",
            "collection_method",
            "invoice_settings",
            "on_behalf_of",
            "transfer_data",
        ],
        ["add_invoice_items", "default_tax_rates"],
        []
    );

    /// <summary>A schedule that has not started.</summary>
    public static JsonObject Build(Transaction tx, JsonObject customer, JsonObject billingMode, JsonArray phases)
    {
        var schedule = new JsonObject
        {
            ["id"] = Transaction.NewId("sub_sched"),
            ["object"] = Kind,
            ["billing_mode"] = billingMode,
            ["created"] = tx.Now,
            ["customer"] = customer.Id(),
            ["default_settings"] = DefaultSettings(),
            ["end_behavior"] = "release",
            ["livemode"] = false,
            ["metadata"] = new JsonObject(),
            ["status"] = "not_started",
            ["test_clock"] = customer.TextOrNull("test_clock"),
        };
        Unused.AddTo(schedule);
        SetPhases(tx, schedule, phases);
        return schedule;
    }

    /// <summary>A phase of items, from one second to another; its other members are as Stripe's defaults.</summary>
    public static JsonObject Phase(long start, long end, string currency, IEnumerable<JsonObject> items) =>
        UnusedInPhase.AddTo(
            new JsonObject
            {
                ["billing_cycle_anchor"] = null,
                ["currency"] = currency,
                ["default_payment_method"] = null,
                ["description"] = null,
                ["discounts"] = new JsonArray(),
                ["end_date"] = end,
                ["items"] = items.ToJson(),
                ["metadata"] = new JsonObject(),
                ["proration_behavior"] = "create_prorations",
                ["start_date"] = start,
                ["trial_end"] = null,
            }
        );

    public static JsonObject Item(string price, long quantity, JsonObject metadata) =>
        new()
        {
            ["billing_thresholds"] = null,
            ["discounts"] = new JsonArray(),
            ["metadata"] = metadata.Copy(),
            ["plan"] = price,
            ["price"] = price,
            ["quantity"] = quantity,
            ["tax_rates"] = new JsonArray(),
        };

    public static void SetPhases(Transaction tx, JsonObject schedule, JsonArray phases)
    {
        schedule["phases"] = phases;
        // An end that is near is not announced in advance any more.
        schedule["_expiring_announced"] = LastEnd(schedule) - ScheduleDue.WarningSeconds <= tx.Now;
    }

    public static void EnterPhase(JsonObject schedule, JsonObject phase) =>
        schedule["current_phase"] = new JsonObject
        {
            ["end_date"] = phase.Int("end_date"),
            ["start_date"] = phase.Int("start_date"),
        };

    public static bool IsOpen(JsonObject schedule) => schedule.Text("status") is "active" or "not_started";

    public static long LastEnd(JsonObject schedule) => schedule.Each("phases").Last().Int("end_date");

    /// <summary>The phase that is on; null before the first and after the last.</summary>
    public static JsonObject? CurrentPhase(JsonObject schedule) =>
        schedule.ChildOrNull("current_phase") is { } current
            ? schedule.Each("phases").First(phase => phase.Int("start_date") == current.Int("start_date"))
            : null;

    private static JsonObject DefaultSettings() =>
        new()
        {
            ["application_fee_percent"] = null,
            ["automatic_tax"] = new JsonObject
            {
                ["disabled_reason"] = null,
                ["enabled"] = false,
                ["liability"] = null,
            },
            ["billing_cycle_anchor"] = "automatic",
            ["billing_thresholds"] = null,
            ["collection_method"] = "charge_automatically",
            ["default_payment_method"] = null,
            ["description"] = null,
            ["invoice_settings"] = new JsonObject
            {
                ["account_tax_ids"] = null,
                ["custom_fields"] = null,
                ["days_until_due"] = null,
                ["description"] = null,
                ["footer"] = null,
                ["issuer"] = new JsonObject { ["type"] = "self" },
            },
            ["on_behalf_of"] = null,
            ["transfer_data"] = null,
        };
}
