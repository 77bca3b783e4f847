using System.Threading.Channels;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// Runs commands one after another, each after all that was due before it. Answers leave when the journal has been
/// written, so what was answered survives a kill.
/// </summary>
internal sealed class CommandLoop(StateWriter writer) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly SandboxClock clock = writer.Clock;
    private readonly Channel<Action> commands = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly CancellationTokenSource stopped = new();

    /// <summary>Canceled when the loop has ended: nothing waits for it any longer.</summary>
    public CancellationToken Stopped => stopped.Token;

    /// <summary>Runs a command and returns its result once it is in the journal. A throw undoes it.</summary>
    public Task<T> RunAsync<T>(
        Func<Transaction, T> command,
        RequestOrigin? origin = null,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync<T>(completion =>
        {
            // The caller may have gone while the command waited; then nothing happens at all.
            if (cancellationToken.IsCancellationRequested)
            {
                completion.TrySetCanceled(cancellationToken);
                return;
            }

            var result = writer.Commit(command, origin);
            writer.AfterFlush(() => completion.TrySetResult(result));
        });

    /// <summary>Moves the clock to a moment and runs, in the order of time, all that falls due on the way.</summary>
    public Task<DateTimeOffset> AdvanceToAsync(Func<DateTimeOffset, DateTimeOffset> target) =>
        PostAsync<DateTimeOffset>(completion =>
        {
            writer.AdvanceTo(target(clock.GetUtcNow()));
            var now = clock.GetUtcNow();
            writer.AfterFlush(() => completion.TrySetResult(now));
        });

    /// <summary>Has the loop do something that nobody waits for; from any thread.</summary>
    public void Post(Action<StateWriter> work) => commands.Writer.TryWrite(() => Guard(() => work(writer)));

    public void Dispose() => stopped.Dispose();

    public async Task RunUntilAsync(CancellationToken stop)
    {
        writer.ScheduleAll();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                Guard(writer.RunDue);
                while (commands.Reader.TryRead(out var command))
                {
                    command();
                    Guard(writer.RunDue);
                }

                writer.Flush();
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

    private Task<T> PostAsync<T>(Action<TaskCompletionSource<T>> command)
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
                writer.AfterFlush(() => completion.TrySetException(error));
            }
        });
        return accepted
            ? completion.Task.WaitAsync(stopped.Token)
            : Task.FromException<T>(new ObjectDisposedException(nameof(SandboxServer)));
    }

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

    private async Task WaitAsync(CancellationToken stop)
    {
        var wait = LongestWait;
        if (writer.NextTime() is { } due)
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
