using System.Text.Json.Nodes;
using System.Threading.Channels;
using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Listen;
using Tollgate.Sandbox.TestClocks;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// The one place where state changes: commands run one after another, each after all that was due before it. Answers
/// leave when the journal has been written, so what was answered survives a kill.
/// </summary>
internal sealed partial class CommandLoop(
    SandboxState state,
    SandboxOptions options,
    SandboxClock clock,
    Journal? journal,
    Dispatcher dispatcher,
    StrikeEvents strikeEvents,
    FormerVersions former
) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly Channel<Action> commands = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly DueQueue dueQueue = new(state);
    private readonly List<Action> afterFlush = [];
    private readonly List<TaskCompletionSource> waitingForQuiet = [];
    private readonly HashSet<string> deliveriesRunning = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopped = new();

    /// <summary>Runs a command and returns its result once it is in the journal. A throw undoes it.</summary>
    public Task<T> RunAsync<T>(
        Func<Transaction, T> command,
        RequestOrigin? origin = null,
        CancellationToken cancellationToken = default
    ) =>
        Post<T>(completion =>
        {
            // The caller may have gone while the command waited; then nothing happens at all.
            if (cancellationToken.IsCancellationRequested)
            {
                completion.TrySetCanceled(cancellationToken);
                return;
            }

            var result = Commit(command, clock.UnixSeconds, origin);
            afterFlush.Add(() => completion.TrySetResult(result));
        });

    /// <summary>Moves the clock to a moment and runs, in the order of time, all that falls due on the way.</summary>
    public Task<DateTimeOffset> AdvanceToAsync(Func<DateTimeOffset, DateTimeOffset> target) =>
        Post<DateTimeOffset>(completion =>
        {
            var moment = target(clock.GetUtcNow());
            RunDue(moment.ToUnixTimeSeconds(), clock.MoveTo);
            clock.MoveTo(moment);
            journal?.RecordOffset(clock.Offset);
            var now = clock.GetUtcNow();
            afterFlush.Add(() => completion.TrySetResult(now));
        });

    /// <summary>Completes when no delivery is running or due.</summary>
    public async Task WhenDeliveriesAreDoneAsync(CancellationToken cancellationToken)
    {
        var quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        commands.Writer.TryWrite(() =>
        {
            LetGo(strikeEvents.TakeAll());
            waitingForQuiet.Add(quiet);
        });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopped.Token);
        await quiet.Task.WaitAsync(either.Token);
    }

    public void Dispose() => stopped.Dispose();

    public async Task RunUntilAsync(CancellationToken stop)
    {
        foreach (var document in state.AllThatMayBeDue())
        {
            Schedule(document);
        }

        dispatcher.Finished = result => commands.Writer.TryWrite(() => Guard(() => RecordDelivery(result)));
        try
        {
            while (!stop.IsCancellationRequested)
            {
                RunDueNow();
                while (commands.Reader.TryRead(out var command))
                {
                    command();
                    RunDueNow();
                }

                Flush();
                await WaitAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server is being disposed; commands that still wait are canceled below.
        }
        finally
        {
            commands.Writer.TryComplete();
            await stopped.CancelAsync();
        }
    }

    private Task<T> Post<T>(Action<TaskCompletionSource<T>> command)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepted = commands.Writer.TryWrite(() =>
        {
            try
            {
                command(completion);
            }
            catch (Exception error)
            {
                // The command was undone; its caller gets the refusal or the fault.
                afterFlush.Add(() => completion.TrySetException(error));
            }
        });
        return accepted
            ? completion.Task.WaitAsync(stopped.Token)
            : Task.FromException<T>(new ObjectDisposedException(nameof(SandboxServer)));
    }

    private T Commit<T>(Func<Transaction, T> command, long now, RequestOrigin? origin)
    {
        var tx = new Transaction(state, options, now, origin) { Former = former.AreKept ? [] : null };
        T result;
        try
        {
            result = command(tx);
            strikeEvents.Run(tx);
        }
        catch
        {
            tx.Rollback();
            throw;
        }
        finally
        {
            // The card was asked, even if the command is refused for it.
            tx.Scripted.Consume();
        }

        former.Note(tx);

        journal?.Record(tx.Touched);
        foreach (var ((kind, _), stored) in tx.Touched)
        {
            if (stored is not null && DueTime.IsOf(kind))
            {
                Schedule(stored.Document);
            }
        }

        LetGo(strikeEvents.TakeReady());
        return result;
    }

    private void RunDueNow() => Guard(() => RunDue(clock.UnixSeconds, static _ => { }));

    private static void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error)
        {
            // A fault in work that nobody waits for was undone; it must not stop the others, but the console shows it.
            Console.Error.WriteLine(error);
        }
    }

    private void RunDue(long moment, Action<DateTimeOffset> arrive)
    {
        while (dueQueue.TakeNext(moment) is { } next)
        {
            var (document, due) = next;
            arrive(DateTimeOffset.FromUnixTimeSeconds(due));
            if (document.Kind() == Delivery.Kind)
            {
                Send(document);
            }
            else if (TestClock.IsAdvancing(document))
            {
                AdvanceTestClock(document);
            }
            else
            {
                Commit(tx => Run(tx, document, due), due, origin: null);
            }
        }
    }

    private static bool Run(Transaction tx, JsonObject document, long due)
    {
        DueWork.Run(tx, document);
        return tx.Find(document.Kind(), document.Id()) is { } after && DueTime.Of(after) == due
            ? throw new InvalidOperationException($"{document.Id()} is due at {due} again")
            : true;
    }

    private void Send(JsonObject delivery)
    {
        if (!deliveriesRunning.Add(delivery.Id()))
        {
            return;
        }

        if (ListenDelivery.Compose(state, delivery) is { } frame)
        {
            var listener = state.Listeners[frame.EndpointId];
            afterFlush.Add(() => listener.Send(frame));
        }
        else if (Delivery.Compose(state, delivery, clock.UnixSeconds) is { } attempt)
        {
            afterFlush.Add(() => dispatcher.Start(attempt));
        }
        else
        {
            deliveriesRunning.Remove(delivery.Id());
            Commit(tx => Delivery.Drop(tx, delivery), clock.UnixSeconds, origin: null);
        }
    }

    private void RecordDelivery(DeliveryResult result)
    {
        deliveriesRunning.Remove(result.DeliveryId);
        Commit(
            tx =>
            {
                Delivery.Record(tx, result);
                return true;
            },
            clock.UnixSeconds,
            origin: null
        );
    }

    private void Flush()
    {
        journal?.Flush();
        // An action may post further commands, but never adds here.
        foreach (var action in afterFlush)
        {
            action();
        }

        afterFlush.Clear();
        if (deliveriesRunning.Count == 0)
        {
            waitingForQuiet.ForEach(quiet => quiet.TrySetResult());
            waitingForQuiet.Clear();
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        var wait = LongestWait;
        if (dueQueue.NextTime() is { } due)
        {
            var untilDue = DateTimeOffset.FromUnixTimeSeconds(due) - clock.GetUtcNow();
            wait = untilDue < wait ? untilDue : wait;
        }

        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timer.CancelAfter(wait + TimeSpan.FromMilliseconds(1));
        try
        {
            await commands.Reader.WaitToReadAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Something is due.
        }
    }
}
