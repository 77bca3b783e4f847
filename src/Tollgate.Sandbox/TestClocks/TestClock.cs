using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.TestClocks;

/// <summary>
/// A clock that is stopped until it is advanced. What names it in <c>test_clock</c>, or belongs to a customer who
/// does, lives by it; all else lives by the Sandbox's own clock.
/// </summary>
internal static class TestClock
{
    public const string Kind = "test_helpers.test_clock";
    private const string Advancing = "advancing";

    /// <summary>The clock that a document lives by; null for the Sandbox's own.</summary>
    public static JsonObject? Of(Transaction tx, JsonObject document)
    {
        var named =
            document.TextOrNull("test_clock")
            ?? (
                document.TextOrNull("customer") is { } owner
                    ? tx.Find("customer", owner)?.TextOrNull("test_clock")
                    : null
            );
        return named is null ? null : tx.Find(Kind, named);
    }

    /// <summary>The same command, with the time of the clock that a document lives by as its now.</summary>
    public static Transaction By(this Transaction tx, JsonObject document) =>
        tx.At(Of(tx, document)?.Int("frozen_time") ?? tx.SandboxNow);

    public static bool IsAdvancing(JsonObject document) =>
        document.Kind() == Kind && document.Text("status") == Advancing;

    /// <summary>Unix seconds that an advancing clock goes to.</summary>
    public static long Target(JsonObject clock) =>
        clock.Child("status_details").Child(Advancing).Int("target_frozen_time");

    /// <summary>When it is due, in Sandbox time: at once while it advances, else at its end.</summary>
    public static long? DueAt(JsonObject clock) =>
        clock.Text("status") == Advancing ? clock.Int("_advanced_at") : clock.Int("deletes_after");

    public static JsonObject SetOut(Transaction tx, JsonObject clock, long target)
    {
        var leaving = tx.Change(
            clock,
            change =>
            {
                change["status"] = Advancing;
                change["status_details"] = new JsonObject
                {
                    [Advancing] = new JsonObject { ["target_frozen_time"] = target },
                };
                change["_advanced_at"] = tx.SandboxNow; // the request itself lives by the clock
            }
        );
        tx.Emit($"{Kind}.advancing", leaving);
        return leaving;
    }

    /// <summary>Shows the second of what happens next; what was due before stays in the present.</summary>
    public static void MoveTo(Transaction tx, string id, long moment) =>
        tx.Change(tx.Get(Kind, id), change => change["frozen_time"] = Math.Max(moment, change.Int("frozen_time")));

    public static JsonObject Arrive(Transaction tx, string id) =>
        End(tx, id, "ready", change => change["frozen_time"] = Target(change));

    /// <summary>A fault of the Sandbox stopped the clock where it is.</summary>
    public static JsonObject Fail(Transaction tx, string id) => End(tx, id, "internal_failure", static _ => { });

    private static JsonObject End(Transaction tx, string id, string status, Action<JsonObject> alsoChange)
    {
        var ended = tx.Change(
            tx.Get(Kind, id),
            change =>
            {
                alsoChange(change);
                change["status"] = status;
                change["status_details"] = new JsonObject();
            }
        );
        tx.Emit($"{Kind}.{status}", ended);
        return ended;
    }
}
