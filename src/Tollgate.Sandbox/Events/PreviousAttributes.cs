using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Events;

/// <summary>
/// What an update event carries as <c>data.previous_attributes</c>: changed members with their former values. Nested
/// objects show changed members only, arrays are shown whole, an added member's former value is null. What the world
/// does not see makes no difference.
/// </summary>
internal static class PreviousAttributes
{
    /// <summary>Whether the world sees any difference.</summary>
    public static bool Any(JsonObject before, JsonObject after) =>
        !IsSame(WithShownLines(before), WithShownLines(after), isMetadata: false);

    public static void Write(Utf8JsonWriter writer, JsonObject before, JsonObject after) =>
        Write(writer, WithShownLines(before), WithShownLines(after), isMetadata: false);

    private static void Write(Utf8JsonWriter writer, JsonObject before, JsonObject after, bool isMetadata)
    {
        writer.WriteStartObject();
        foreach (var (name, was) in before.Members())
        {
            var present = after.TryGetPropertyValue(name, out var now);
            if (IsHidden(name, isMetadata) || (present && IsSame(name, was, now)))
            {
                continue;
            }

            writer.WritePropertyName(name);
            if (was is JsonObject wasObject && now is JsonObject nowObject)
            {
                Write(writer, wasObject, nowObject, IsMetadata(name));
            }
            else
            {
                Rendering.Write(writer, name, was);
            }
        }

        foreach (var (name, _) in after.Members())
        {
            if (!IsHidden(name, isMetadata) && !before.ContainsKey(name))
            {
                writer.WriteNull(name);
            }
        }

        writer.WriteEndObject();
    }

    private static JsonObject WithShownLines(JsonObject document) =>
        Rendering.HasMoreLines(document) ? Rendering.Publish(document) : document;

    private static bool IsSame(string name, JsonNode? was, JsonNode? now) =>
        (was, now) switch
        {
            (null, null) => true,
            (JsonObject before, JsonObject after) => IsSame(before, after, IsMetadata(name)),
            (JsonArray before, JsonArray after) => IsSame(before, after),
            (JsonValue before, JsonValue after) => IsSame(before, after),
            _ => false,
        };

    private static bool IsSame(JsonObject before, JsonObject after, bool isMetadata)
    {
        foreach (var (name, was) in before.Members())
        {
            if (
                !IsHidden(name, isMetadata) && !(after.TryGetPropertyValue(name, out var now) && IsSame(name, was, now))
            )
            {
                return false;
            }
        }

        foreach (var (name, _) in after.Members())
        {
            if (!IsHidden(name, isMetadata) && !before.ContainsKey(name))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSame(JsonArray before, JsonArray after)
    {
        var isSame = before.Count == after.Count;
        for (var index = 0; isSame && index < before.Count; index++)
        {
            isSame = IsSame("", before[index], after[index]);
        }

        return isSame;
    }

    /// <summary>Texts and whole numbers, which most are, are compared without a reader.</summary>
    private static bool IsSame(JsonValue before, JsonValue after) =>
        before.TryGetValue(out string? was) ? after.TryGetValue(out string? now) && was == now
        : before.WholeOrNull() is { } number ? after.WholeOrNull() == number
        : JsonNode.DeepEquals(before, after);

    /// <summary>A user's metadata may have keys that begin with an underscore.</summary>
    private static bool IsHidden(string name, bool isMetadata) => !isMetadata && Rendering.IsOwn(name);

    private static bool IsMetadata(string name) => name == Rendering.Metadata;
}
