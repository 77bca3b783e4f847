using System.Text.Json;

namespace Tollgate.Stripe;

/// <summary>
/// A phase of a schedule, as Stripe has it. Stripe takes phases as a whole and forgets what is not sent again, so a
/// phase is kept with every member that it has: trial, discounts, taxes, add-ons, thresholds, and whatever comes to be.
/// </summary>
internal sealed class SchedulePhase(JsonElement phase)
{
    private static readonly string[] NeverSent = ["disabled_reason", "object", "plan"];

    // of the present phase alone: its time, and what it billed when it began
    private static readonly string[] OfPresent =
    [
        "add_invoice_items",
        "billing_cycle_anchor",
        "end_date",
        "proration_behavior",
        "start_date",
        "trial",
        "trial_end",
    ];

    /// <summary>When it begins, in Unix seconds, by which the present one is known.</summary>
    public long Start => phase.GetProperty("start_date").GetInt64();

    /// <summary>As it is.</summary>
    public Dictionary<string, object> Present() => Members(phase, Skips(IsTrialDated(phase) ? ["trial"] : []));

    /// <summary>What follows on it: the same, but for the one item that changes and the time that it lasts.</summary>
    public Dictionary<string, object> Next(SchedulePhaseChange change)
    {
        var next = Members(phase, Skips([.. OfPresent, "items"]));
        next["items"] = phase.GetProperty("items").EnumerateArray().Select(item => NextItem(item, change)).ToList();
        next["proration_behavior"] = "none";
        next["duration"] = new Dictionary<string, object> { ["interval"] = change.Interval, ["interval_count"] = 1 };
        return next;
    }

    private static Dictionary<string, object> NextItem(JsonElement item, SchedulePhaseChange change)
    {
        if (IdOf(item.GetProperty("price")) != change.PriceId)
        {
            return Members(item, Skips([]));
        }

        var next = Members(item, Skips(["price", "quantity"]));
        next["price"] = change.NextPriceId;
        next["quantity"] = change.Quantity;
        return next;
    }

    private static bool IsTrialDated(JsonElement phase) =>
        phase.TryGetProperty("trial_end", out var end) && end.ValueKind != JsonValueKind.Null;

    private static HashSet<string> Skips(IEnumerable<string> names) => [.. NeverSent, .. names];

    private static Dictionary<string, object> Members(JsonElement from, HashSet<string> skips) =>
        from.EnumerateObject()
            .Where(member => !skips.Contains(member.Name))
            .Select(member => (member.Name, Value: Value(member.Name, member.Value)))
            .Where(member => member.Value is not null)
            .ToDictionary(member => member.Name, member => member.Value!);

    /// <summary>Null for what is not sent: an empty list would be spelled <c>name=</c>, which empties.</summary>
    private static object? Value(string name, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object when name == "metadata" => Members(value, []),
            JsonValueKind.Object when IdOf(value) is { } id => id,
            JsonValueKind.Object => Members(value, Skips([])),
            JsonValueKind.Array when value.GetArrayLength() == 0 => null,
            JsonValueKind.Array when name == "discounts" => value.EnumerateArray().Select(Discount).ToList(),
            JsonValueKind.Array => value.EnumerateArray().Select(one => Value(name, one)).ToList(),
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => value.GetRawText(), // a number or a boolean, as Stripe spells it
        };

    /// <summary>A discount is carried over by its id: a coupon sent again would start its months anew.</summary>
    private static Dictionary<string, object?> Discount(JsonElement discount)
    {
        string[] names = ["discount", "promotion_code", "coupon"];
        var given = names.First(name =>
            discount.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        );
        return new() { [given] = Value(given, discount.GetProperty(given)) };
    }

    /// <summary>Of an object that stands where a request takes its id; null for what is no such object.</summary>
    private static string? IdOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object when value.TryGetProperty("id", out var id) => id.GetString(),
            _ => null,
        };
}

/// <summary>What the next phase has in another price's place.</summary>
/// <param name="PriceId">Of the present phase's item that changes; its other members stay.</param>
/// <param name="Interval"><c>month</c> or <c>year</c>: how long the next phase lasts.</param>
internal sealed record SchedulePhaseChange(string PriceId, string NextPriceId, long Quantity, string Interval);
