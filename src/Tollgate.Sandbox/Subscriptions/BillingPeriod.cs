using System.Text.Json.Nodes;
using Tollgate.Sandbox.State;
using Tollgate.Sandbox.Time;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>How long a subscription's periods are, and when they begin.</summary>
internal static class BillingPeriod
{
    /// <summary>A new period begins now, and the next ones with it.</summary>
    public static void Restart(JsonObject subscription, long now)
    {
        subscription["billing_cycle_anchor"] = now;
        foreach (var item in subscription.Listed("items"))
        {
            var (interval, count) = IntervalOf(subscription);
            item["current_period_start"] = now;
            item["current_period_end"] = BillingCalendar.BoundaryAfter(now, interval, (int)count, now);
        }
    }

    public static (string Interval, long Count) IntervalOf(JsonObject subscription)
    {
        var recurring = subscription.Listed("items").First().Child("price").Child("recurring");
        return (recurring.Text("interval"), recurring.Int("interval_count"));
    }
}
