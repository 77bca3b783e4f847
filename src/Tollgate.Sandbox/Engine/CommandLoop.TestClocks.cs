using System.Text.Json.Nodes;
using Tollgate.Sandbox.TestClocks;

namespace Tollgate.Sandbox.Engine;

/// <content>What lives by a test clock falls due when that clock is advanced, and only then.</content>
internal sealed partial class CommandLoop
{
    private readonly Dictionary<string, DueQueue> clockQueues = new(StringComparer.Ordinal);

    private void Schedule(JsonObject document) =>
        (document.TextOrNull("test_clock") is { } clock ? QueueOf(clock) : dueQueue).Schedule(document);

    private DueQueue QueueOf(string clock)
    {
        if (!clockQueues.TryGetValue(clock, out var queue))
        {
            queue = new DueQueue(state);
            clockQueues[clock] = queue;
        }

        return queue;
    }

    /// <summary>
    /// Each step is a line of the journal of its own, so that a clock goes on where a kill had stopped it.
    /// </summary>
    private void AdvanceTestClock(JsonObject testClock)
    {
        try
        {
            while (QueueOf(testClock.Id()).TakeNext(TestClock.Target(testClock)) is { } next)
            {
                var (document, due) = next;
                Commit(
                    tx =>
                    {
                        TestClock.MoveTo(tx, testClock.Id(), due);
                        return Run(tx.By(document), document, due);
                    },
                    clock.UnixSeconds,
                    origin: null
                );
            }

            Commit(tx => TestClock.Arrive(tx, testClock.Id()), clock.UnixSeconds, origin: null);
        }
        catch
        {
            Commit(tx => TestClock.Fail(tx, testClock.Id()), clock.UnixSeconds, origin: null);
            throw;
        }
    }
}
