using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Subscriptions;

namespace Tollgate.Sandbox.Schedules;

/// <summary>The items of a phase beside those of a subscription.</summary>
internal static class PhaseItems
{
    public static bool AreThoseOf(JsonObject phase, JsonObject subscription) =>
        InPhase(phase).ToHashSet().SetEquals(InSubscription(subscription));

    /// <summary>The items that a subscription has now, as a phase lists them.</summary>
    public static IEnumerable<JsonObject> Of(JsonObject subscription) =>
        subscription
            .Listed("items")
            .Select(item =>
                ScheduleDocument.Item(item.Child("price").Id(), item.Int("quantity"), item.Child("metadata"))
            );

    /// <summary>
    /// What makes a subscription as a phase wants it: a price that stays keeps its item, a new one takes over the item
    /// of one that goes.
    /// </summary>
    public static JsonArray Changes(JsonObject phase, JsonObject subscription)
    {
        var items = subscription.Listed("items").ToList();
        var wanted = phase.Each("items").ToList();
        var leaving = new Queue<JsonObject>(
            items.Where(item => wanted.TrueForAll(one => one.Text("price") != item.Child("price").Id()))
        );
        var changes = new JsonArray();
        foreach (var one in wanted)
        {
            var change = new JsonObject
            {
                ["price"] = one.Text("price"),
                ["quantity"] = one.Int("quantity"),
                [ItemChanges.Planned] = true,
            };
            var item =
                items.Find(candidate => candidate.Child("price").Id() == one.Text("price"))
                ?? (leaving.TryDequeue(out var taken) ? taken : null);
            if (item is not null)
            {
                change["id"] = item.Id();
            }

            if (one.ChildOrNull("metadata") is { Count: > 0 } metadata)
            {
                change["metadata"] = metadata.Copy();
            }

            changes.Add((JsonNode)change);
        }

        foreach (var item in leaving)
        {
            changes.Add((JsonNode)new JsonObject { ["id"] = item.Id(), ["deleted"] = true });
        }

        return changes;
    }

    private static IEnumerable<(string, long)> InPhase(JsonObject phase) =>
        phase.Each("items").Select(item => (item.Text("price"), item.Int("quantity")));

    private static IEnumerable<(string, long)> InSubscription(JsonObject subscription) =>
        subscription.Listed("items").Select(item => (item.Child("price").Id(), item.Int("quantity")));
}
