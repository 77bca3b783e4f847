using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>How long a subscription's periods are, and when they begin.</summary>
internal static class BillingPeriod
{
    /// <summary>A new period begins now: a trial's, or one that the next ones follow.</summary>
    public static void Restart(JsonObject subscription, long now)
    {
        var (interval, count) = IntervalOf(subscription);
        var isFree = Trial.IsOn(subscription);
        var end = isFree
            ? subscription.Int("trial_end")
            : BillingCalendar.BoundaryAfter(now, interval, (int)count, now);
        subscription["billing_cycle_anchor"] = isFree ? end : now;
        foreach (var item in subscription.Listed("items"))
        {
            item["current_period_start"] = now;
            item["current_period_end"] = end;
        }
    }

    public static (string Interval, long Count) IntervalOf(JsonObject subscription)
    {
        var recurring = subscription.Listed("items").First().Child("price").Child("recurring");
        return (recurring.Text("interval"), recurring.Int("interval_count"));
    }
}
