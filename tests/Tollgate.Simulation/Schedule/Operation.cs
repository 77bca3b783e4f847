namespace Tollgate.Simulation.Schedule;

/// <summary>
/// One piece of a node's work that runs until it reaches a named point, and goes on when it is its turn again. Since
/// only one operation runs at a time, a seed replays.
/// </summary>
internal sealed class Operation
{
    private static readonly TimeSpan HangsAfter = TimeSpan.FromMinutes(2);
    private static readonly AsyncLocal<Operation?> Current = new();

    private readonly SemaphoreSlim turn = new(0);
    private TaskCompletionSource stopped = NewSignal();
    private int? pointsToLive;

    private Operation(string name) => Name = name;

    /// <summary>The operation that runs this code; null in the simulation's own.</summary>
    public static Operation? Running => Current.Value;

    public string Name { get; }

    /// <summary>Where it stands.</summary>
    public string Point { get; private set; } = "start";

    public bool IsDone { get; private set; }

    /// <summary>Inside of a transaction nobody else has a turn: its locks would hold the whole simulation.</summary>
    public bool IsInTransaction { get; set; }

    /// <summary>What the operation threw at its caller, which a host would have logged.</summary>
    public Exception? Failure { get; private set; }

    public static Operation Begin(string name, Func<Task> work)
    {
        var operation = new Operation(name);
        _ = Task.Run(() => operation.RunAsync(work));
        return operation;
    }

    /// <summary>Gives it the turn, until its next point or its end.</summary>
    public async Task StepAsync()
    {
        stopped = NewSignal();
        turn.Release();
        try
        {
            await stopped.Task.WaitAsync(HangsAfter);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{Name} went on from '{Point}' and came to no other point.", late);
        }
    }

    /// <summary>
    /// The node dies: after so many further points everything this operation tries throws, also what its catch blocks
    /// and its finally blocks try.
    /// </summary>
    public void Die(int afterPoints) => pointsToLive ??= afterPoints;

    /// <summary>Called where the node touches the world: stops here until it is this operation's turn again.</summary>
    public void Reach(string point)
    {
        ThrowIfDead();
        if (IsInTransaction)
        {
            return;
        }

        Point = point;
        stopped.SetResult();
        turn.Wait();
        ThrowIfDead();
    }

    /// <summary>For what must not stop, because others would wait for it where the schedule cannot see.</summary>
    public void Pass() => ThrowIfDead();

    private async Task RunAsync(Func<Task> work)
    {
        Current.Value = this;
        await turn.WaitAsync();
        try
        {
            await work();
        }
        catch (NodeDiedException)
        {
            // nobody is left to be notified
        }
        catch (Exception failure) // reported by Failure
        {
            Failure = failure;
        }
        finally
        {
            IsDone = true;
            stopped.SetResult();
        }
    }

    private void ThrowIfDead()
    {
        if (pointsToLive is { } points)
        {
            pointsToLive = Math.Max(0, points - 1);
            if (points == 0)
            {
                throw new NodeDiedException();
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The node's process has ended; nothing it does has an effect any more.</summary>
internal sealed class NodeDiedException() : Exception("The node died.");
