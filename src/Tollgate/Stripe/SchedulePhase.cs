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
    public void Write(FormWriter form) => WriteMembers(form, phase, Skips(IsTrialDated(phase) ? ["trial"] : []));

    /// <summary>What follows on it: the same, but for the one item that changes and the time that it lasts.</summary>
    public void WriteNext(FormWriter form, SchedulePhaseChange change)
    {
        WriteMembers(form, phase, Skips([.. OfPresent, "items"]));
        var items = form.At("items");
        foreach (var (index, item) in phase.GetProperty("items").EnumerateArray().Index())
        {
            var changes = IdOf(item.GetProperty("price")) == change.PriceId;
            var next = items.At(index);
            WriteMembers(next, item, Skips(changes ? ["price", "quantity"] : []));
            if (changes)
            {
                next.Add("price", change.NextPriceId);
                next.Add("quantity", change.Quantity);
            }
        }

        form.Add("proration_behavior", "none");
        form.At("duration").Add("interval", change.Interval);
        form.At("duration").Add("interval_count", 1);
    }

    private static bool IsTrialDated(JsonElement phase) =>
        phase.TryGetProperty("trial_end", out var end) && end.ValueKind != JsonValueKind.Null;

    private static HashSet<string> Skips(IEnumerable<string> names) => [.. NeverSent, .. names];

    private static void WriteMembers(FormWriter form, JsonElement from, HashSet<string> skips)
    {
        foreach (var member in from.EnumerateObject().Where(member => !skips.Contains(member.Name)))
        {
            Write(form, member.Name, member.Value);
        }
    }

    private static void Write(FormWriter form, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when name == "metadata":
                WriteMembers(form.At(name), value, []);
                break;
            case JsonValueKind.Object when IdOf(value) is { } id:
                form.Add(name, id);
                break;
            case JsonValueKind.Object:
                WriteMembers(form.At(name), value, Skips([]));
                break;
            case JsonValueKind.Array when name == "discounts":
                WriteDiscounts(form.At(name), value);
                break;
            case JsonValueKind.Array:
                WriteEach(form.At(name), value);
                break;
            case JsonValueKind.String:
                form.Add(name, value.GetString());
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default: // a number or a truth, as Stripe spells it
                form.Add(name, value.GetRawText());
                break;
        }
    }

    private static void WriteEach(FormWriter form, JsonElement array)
    {
        foreach (var (index, element) in array.EnumerateArray().Index())
        {
            Write(form, index.ToString(System.Globalization.CultureInfo.InvariantCulture), element);
        }
    }

    /// <summary>One that was given goes on as it is: a coupon given anew would begin its months again.</summary>
    private static void WriteDiscounts(FormWriter form, JsonElement discounts)
    {
        foreach (var (index, discount) in discounts.EnumerateArray().Index())
        {
            string[] names = ["discount", "promotion_code", "coupon"];
            var given = names.First(name =>
                discount.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            );
            Write(form.At(index), given, discount.GetProperty(given));
        }
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
public sealed record SchedulePhaseChange(string PriceId, string NextPriceId, long Quantity, string Interval);
