using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Schedules;

/// <summary>Reads the <c>phases</c> of a request: one after another, without a gap.</summary>
internal static class SchedulePhases
{
    private const string Name = "phases";

    public static readonly Param Parameter = Param.Each(
        Name,
        Param
            .Each(
                "items",
                Param.Text("price").Required(),
                Param.Int("quantity", 0, SubscriptionRoutes.MaxQuantity),
                Param.Map("metadata")
            )
            .Required(),
        Param.OneOf("billing_cycle_anchor", "automatic", "phase_start"),
        AutomaticTax.Parameter,
        Param.OneOf("collection_method", "charge_automatically"),
        Param.Currency("currency"),
        Param.Text("default_payment_method"),
        Param.Text("description"),
        Redemption.Parameter,
        Param.Group("duration", Param.OneOf("interval", Intervals).Required(), Param.Int("interval_count", 1, 1000)),
        Param.Text("end_date"),
        // Gone from Stripe's SDK, still sent by its CLI.
        Param.Int("iterations", 1, 1000),
        Param.Map("metadata"),
        Param.OneOf("proration_behavior", "always_invoice", "create_prorations", "none"),
        Param.Text("start_date"),
        Param.Flag("trial"),
        Param.Int("trial_end")
    );

    private static string[] Intervals => ["day", "week", "month", "year"];

    /// <param name="start">Unix seconds of the first phase's beginning.</param>
    /// <param name="customer">Whose discounts the phases may keep.</param>
    public static JsonArray Read(Transaction tx, IReadOnlyList<JsonObject> given, long start, string customer)
    {
        if (given.Count is 0 or > 10)
        {
            throw StripeException.Invalid("A schedule has one to ten phases.", Name);
        }

        var phases = new JsonArray();
        for (var index = 0; index < given.Count; index++)
        {
            var path = $"{Name}[{index}]";
            if (StartOf(tx, given[index], path) is { } stated && stated != start)
            {
                throw StripeException.Invalid("A phase starts where the one before it ends.", $"{path}[start_date]");
            }

            var next = index + 1 < given.Count ? StartOf(tx, given[index + 1], $"{Name}[{index + 1}]") : null;
            var phase = Read(tx, given[index], start, next, path);
            phase["discounts"] = PhaseDiscounts.Read(tx, given[index], customer);
            if (index > 0 && phase.IntOrNull("trial_end") is not null)
            {
                throw StripeException.Invalid("The Sandbox has trials in the first phase only.", $"{path}[trial_end]");
            }

            phases.Add((JsonNode)phase);
            start = phase.Int("end_date");
        }

        return phases;
    }

    /// <summary>When a phase says that it starts; null if it does not say.</summary>
    public static long? StartOf(Transaction tx, JsonObject given, string path) =>
        given.TextOrNull("start_date") is { } text ? Moment(tx, text, $"{path}[start_date]") : null;

    /// <summary>A timestamp, or <c>now</c>.</summary>
    public static long Moment(Transaction tx, string text, string path) =>
        text == "now" ? tx.Now
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at
        : throw StripeException.Invalid($"Invalid timestamp: {text}", path);

    private static JsonObject Read(Transaction tx, JsonObject given, long start, long? next, string path)
    {
        var items = ItemChanges.Read(tx, [.. given.Each("items")], $"{path}[items]");
        ItemChanges.RequireOneInterval(items.Select(item => item.Price));
        var end = EndOf(tx, given, start, next, items[0].Price.Child("recurring"), path);
        if (end <= start)
        {
            throw StripeException.Invalid("A phase ends after its start.", $"{path}[end_date]");
        }

        var phase = ScheduleDocument.Phase(
            start,
            end,
            given.TextOrNull("currency") ?? items[0].Price.Text("currency"),
            items.Select(item => ScheduleDocument.Item(item.Price.Id(), item.Quantity, item.Metadata))
        );
        Metadata.CopyGiven(
            phase,
            given,
            "billing_cycle_anchor",
            "collection_method",
            "default_payment_method",
            "description",
            "proration_behavior",
            "trial_end"
        );
        Metadata.Apply(phase, given);
        if (given.Flag("trial"))
        {
            phase["trial_end"] = end;
        }

        AutomaticTax.CopyGiven(phase, given);
        return phase;
    }

    /// <summary>The end that is stated, else where the next phase starts, else one interval of the price.</summary>
    private static long EndOf(
        Transaction tx,
        JsonObject given,
        long start,
        long? next,
        JsonObject recurring,
        string path
    )
    {
        string[] ends = ["duration", "end_date", "iterations"];
        if (ends.Count(name => given[name] is not null) > 1)
        {
            throw StripeException.Invalid("A phase has one of `duration`, `end_date` and `iterations`.", path);
        }

        if (given.TextOrNull("end_date") is { } end)
        {
            return Moment(tx, end, $"{path}[end_date]");
        }

        if (given.ChildOrNull("duration") is { } duration)
        {
            return After(start, duration.Text("interval"), duration.IntOrNull("interval_count") ?? 1);
        }

        var iterations = given.IntOrNull("iterations");
        return iterations is null && next is not null
            ? next.Value
            : After(start, recurring.Text("interval"), recurring.Int("interval_count") * (iterations ?? 1));
    }

    private static long After(long start, string interval, long count) =>
        BillingCalendar.BoundaryAfter(start, interval, (int)count, start);
}
