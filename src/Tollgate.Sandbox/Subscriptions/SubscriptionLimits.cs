using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// What one subscription takes: so many new invoices, so many changes of its quantity. Checked when the change was
/// made, so that a refusal undoes it.
/// </summary>
internal static class SubscriptionLimits
{
    private const string Changes = "_quantity_changed_at";
    private const long Minute = 60;
    private const long Hour = 3600;
    private const long Day = 86_400;

    public static JsonObject Enforce(Transaction tx, JsonObject before, JsonObject after)
    {
        if (tx.Options.RateLimits is not { } limits)
        {
            return after;
        }

        var made = tx.With(InvoiceDocument.Kind, "subscription", after.Id())
            .TakeWhile(invoice => invoice.Int("created") > tx.Now - Day)
            .Select(invoice => invoice.Int("created"))
            .ToList();
        Require(made.Count <= limits.InvoicesPerDay);
        Require(made.Count(created => created > tx.Now - Minute) <= limits.InvoicesPerMinute);
        return Quantity(before) == Quantity(after) ? after : CountChange(tx, after, limits);
    }

    private static JsonObject CountChange(Transaction tx, JsonObject subscription, RateLimits limits)
    {
        var times = subscription[Changes] is JsonArray earlier ? earlier.Select(time => (long)time!) : [];
        long[] lastHour = [.. times.Where(time => time > tx.Now - Hour), tx.Now];
        Require(lastHour.Length <= limits.QuantityChangesPerHour);
        return tx.Change(
            subscription,
            change => change[Changes] = new JsonArray([.. lastHour.Select(time => (JsonNode)time)])
        );
    }

    private static long Quantity(JsonObject subscription) =>
        subscription.Listed("items").Sum(item => item.IntOrNull("quantity") ?? 0);

    private static void Require(bool isWithin)
    {
        if (!isWithin)
        {
            throw RequestRate.Refusal("resource-specific");
        }
    }
}
