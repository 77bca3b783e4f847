using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// The one place where state changes: commits commands and what is due, each as a line of the journal. Answers wait
/// until the journal is written. Used on the loop's thread only.
/// </summary>
internal sealed class StateWriter(
    SandboxState state,
    SandboxOptions options,
    SandboxClock clock,
    Journal? journal,
    params ICommandStep[] steps
)
{
    private readonly DueQueues due = new(state);
    private readonly List<Action> afterFlush = [];

    public SandboxState State => state;

    public SandboxClock Clock => clock;

    /// <summary>Runs a command by the Sandbox's own clock. A throw undoes it.</summary>
    public T Commit<T>(Func<Transaction, T> command, RequestOrigin? origin = null) =>
        Commit(command, clock.UnixSeconds, origin);

    /// <summary>Does something once all that was committed is in the journal.</summary>
    public void AfterFlush(Action action) => afterFlush.Add(action);

    public void ScheduleAll()
    {
        foreach (var document in state.AllThatMayBeDue())
        {
            due.Schedule(document);
        }
    }

    /// <summary>When something is due next by the Sandbox's own clock; null if nothing is.</summary>
    public long? NextTime() => due.Own.NextTime();

    /// <summary>The next document that lives by a test clock and is due by a moment, with its time.</summary>
    public (JsonObject Document, long Due)? TakeNext(string testClock, long moment) =>
        due.Of(testClock).TakeNext(moment);

    /// <summary>Moves the clock to a moment and runs, in the order of time, all that falls due on the way.</summary>
    public void AdvanceTo(DateTimeOffset moment)
    {
        RunDue(moment.ToUnixTimeSeconds(), clock.MoveTo);
        clock.MoveTo(moment);
        journal?.RecordOffset(clock.Offset);
    }

    /// <summary>Runs what is due already.</summary>
    public void RunDue() => RunDue(clock.UnixSeconds, static _ => { });

    /// <summary>Runs what is due for a document, as a part of a command.</summary>
    /// <exception cref="InvalidOperationException">It would be due at the same moment again, for ever.</exception>
    public static bool RunDue(Transaction tx, JsonObject document, long due)
    {
        tx.Kinds.RunDue(tx, document);
        return tx.Find(document.Kind(), document.Id()) is { } after && tx.Kinds.DueAt(after) == due
            ? throw new InvalidOperationException($"{document.Id()} is due at {due} again")
            : true;
    }

    public void Flush()
    {
        journal?.Flush();
        // An action may post further commands, but never adds here.
        foreach (var action in afterFlush)
        {
            action();
        }

        afterFlush.Clear();
        foreach (var step in steps)
        {
            step.Flushed();
        }
    }

    private void RunDue(long moment, Action<DateTimeOffset> arrive)
    {
        while (due.Own.TakeNext(moment) is { } next)
        {
            var (document, time) = next;
            arrive(DateTimeOffset.FromUnixTimeSeconds(time));
            if (!Array.Exists(steps, step => step.TakesOver(this, document)))
            {
                Commit(tx => RunDue(tx, document, time), time, origin: null);
            }
        }
    }

    private T Commit<T>(Func<Transaction, T> command, long now, RequestOrigin? origin)
    {
        var tx = new Transaction(state, options, now, origin)
        {
            Former = Array.Exists(steps, static step => step.WantsFormer) ? [] : null,
        };
        T result;
        try
        {
            result = command(tx);
            foreach (var step in steps)
            {
                step.Finish(tx);
            }
        }
        catch
        {
            tx.Rollback();
            throw;
        }
        finally
        {
            foreach (var step in steps)
            {
                step.End(tx);
            }
        }

        journal?.Record(tx.Touched);
        foreach (var ((kind, _), stored) in tx.Touched)
        {
            if (stored is not null && state.Kinds.IsEverDue(kind))
            {
                due.Schedule(stored.Document);
            }
        }

        foreach (var step in steps)
        {
            step.Accept(this, tx);
        }

        return result;
    }
}
