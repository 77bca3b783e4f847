using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.TestClocks;

/// <summary>
/// A clock that is advancing runs what falls due on its way. Each step is a line of the journal of its own, so that a
/// clock goes on where a kill had stopped it.
/// </summary>
internal sealed class AdvanceTestClock : ICommandStep
{
    public bool TakesOver(StateWriter writer, JsonObject due)
    {
        if (!TestClock.IsAdvancing(due))
        {
            return false;
        }

        Run(writer, due);
        return true;
    }

    private static void Run(StateWriter writer, JsonObject clock)
    {
        var id = clock.Id();
        try
        {
            while (writer.TakeNext(id, TestClock.Target(clock)) is { } next)
            {
                var (document, due) = next;
                writer.Commit(tx =>
                {
                    TestClock.MoveTo(tx, id, due);
                    return StateWriter.RunDue(tx.By(document), document, due);
                });
            }

            writer.Commit(tx => TestClock.Arrive(tx, id));
        }
        catch
        {
            writer.Commit(tx => TestClock.Fail(tx, id));
            throw;
        }
    }
}
