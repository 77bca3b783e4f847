using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Events;

/// <summary>An event as an endpoint of another API version gets it.</summary>
internal static class OtherVersion
{
    /// <summary>Periods went from the subscription to its items, and an invoice's links to its parent.</summary>
    private const string PeriodsOnItems = "2025-03-31";

    public static JsonObject Of(JsonObject published, string version)
    {
        published["api_version"] = version;
        if (string.CompareOrdinal(version, PeriodsOnItems) < 0)
        {
            var about = published.Child("data").Child("object");
            if (about.TextOrNull("object") == "subscription")
            {
                LiftPeriod(about);
            }
            else if (about.TextOrNull("object") == "invoice")
            {
                about["subscription"] = about
                    .ChildOrNull("parent")
                    ?.ChildOrNull("subscription_details")
                    ?.TextOrNull("subscription");
                about.Remove("parent");
            }
        }

        return published;
    }

    private static void LiftPeriod(JsonObject subscription)
    {
        var items = subscription.Listed("items").ToList();
        subscription["current_period_start"] = items.Select(item => item.IntOrNull("current_period_start")).Max();
        subscription["current_period_end"] = items.Select(item => item.IntOrNull("current_period_end")).Min();
        foreach (var item in items)
        {
            item.Remove("current_period_start");
            item.Remove("current_period_end");
        }
    }
}
