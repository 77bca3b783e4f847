using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.State;

/// <summary>
/// What an update event carries as <c>data.previous_attributes</c>: changed members with their former values. Nested
/// objects show changed members only, arrays are shown whole, an added member's former value is null.
/// </summary>
internal static class PreviousAttributes
{
    /// <summary>The members that are not the same in both versions, so that the others need not be copied.</summary>
    public static IReadOnlySet<string> Differing(JsonObject before, JsonObject after)
    {
        var names = after.Select(member => member.Key).Where(name => !before.ContainsKey(name));
        var changed = names.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, was) in before)
        {
            if (!after.TryGetPropertyValue(name, out var now) || !JsonNode.DeepEquals(was, now))
            {
                changed.Add(name);
            }
        }

        return changed;
    }

    public static JsonObject Between(JsonObject before, JsonObject after)
    {
        var changed = new JsonObject();
        foreach (var (name, was) in before)
        {
            var present = after.TryGetPropertyValue(name, out var now);
            if (present && JsonNode.DeepEquals(was, now))
            {
                continue;
            }

            changed[name] =
                was is JsonObject wasObject && now is JsonObject nowObject
                    ? Between(wasObject, nowObject)
                    : was?.DeepClone();
        }

        foreach (var (name, _) in after)
        {
            if (!before.ContainsKey(name))
            {
                changed[name] = null;
            }
        }

        return changed;
    }
}
