using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Events;

/// <summary>
/// Has the deliveries made that are due, none twice at a time, and knows when there are no more. Used on the loop's
/// thread, except to wait.
/// </summary>
internal sealed class Deliveries(Dispatcher dispatcher) : ICommandStep
{
    private readonly HashSet<string> running = new(StringComparer.Ordinal);
    private readonly List<TaskCompletionSource> waitingForQuiet = [];

    /// <summary>From now on the loop records how each POST went.</summary>
    public void ReportTo(CommandLoop loop) =>
        dispatcher.Finished = result => loop.Post(writer => Record(writer, result));

    /// <summary>Completes when no delivery is running or due.</summary>
    /// <param name="release">Run first: lets go what nobody is to wait for.</param>
    public async Task WhenDoneAsync(CommandLoop loop, Action<StateWriter> release, CancellationToken cancellationToken)
    {
        var quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(writer =>
        {
            waitingForQuiet.Add(quiet);
            release(writer);
        });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, loop.Stopped);
        await quiet.Task.WaitAsync(either.Token);
    }

    /// <summary>These are not on their way any more.</summary>
    public void Forget(params IEnumerable<string> ids) => running.ExceptWith(ids);

    public bool TakesOver(StateWriter writer, JsonObject due)
    {
        if (due.Kind() != Delivery.Kind)
        {
            return false;
        }

        if (running.Add(due.Id()))
        {
            Send(writer, due);
        }

        return true;
    }

    public void Flushed()
    {
        if (running.Count == 0)
        {
            waitingForQuiet.ForEach(quiet => quiet.TrySetResult());
            waitingForQuiet.Clear();
        }
    }

    private void Send(StateWriter writer, JsonObject delivery)
    {
        var listener = writer.State.InMemory<Listeners>().Find(delivery.Text("endpoint"));
        if (listener is not null && Delivery.Compose(writer.State, delivery, listener) is { } frame)
        {
            writer.AfterFlush(() => listener.Send(frame));
        }
        else if (Delivery.Compose(writer.State, delivery, writer.Clock.UnixSeconds) is { } attempt)
        {
            writer.AfterFlush(() => dispatcher.Start(attempt));
        }
        else
        {
            running.Remove(delivery.Id());
            writer.Commit(tx => Delivery.Drop(tx, delivery));
        }
    }

    private void Record(StateWriter writer, DeliveryResult result)
    {
        running.Remove(result.DeliveryId);
        writer.Commit(tx =>
        {
            Delivery.Record(tx, result);
            return true;
        });
    }
}
