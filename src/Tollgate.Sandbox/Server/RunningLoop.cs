using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.TestClocks;

namespace Tollgate.Sandbox.Server;

/// <summary>The command loop with all that takes part in its commands.</summary>
internal sealed class RunningLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Dispatcher dispatcher;
    private readonly StrikeEvents strikeEvents;

    /// <param name="journal">Null: in memory only.</param>
    public RunningLoop(SandboxState state, SandboxOptions options, SandboxClock clock, Journal? journal)
    {
        Chaos = new ChaosRules(clock);
        Former = new FormerVersions(Chaos);
        strikeEvents = new StrikeEvents(Chaos);
        dispatcher = new Dispatcher(options.Machine, options.DeliveriesAtOnce);
        Deliveries = new Deliveries(dispatcher);
        var writer = new StateWriter(
            state,
            options,
            clock,
            journal,
            new ScriptedCharges.Consumption(),
            Former,
            strikeEvents,
            Deliveries,
            new AdvanceTestClock()
        );
        Loop = new CommandLoop(writer);
        Deliveries.ReportTo(Loop);
        Running = Task.Run(() => RunAsync(stop.Token));
    }

    public CommandLoop Loop { get; }

    public ChaosRules Chaos { get; }

    public FormerVersions Former { get; }

    public Deliveries Deliveries { get; }

    /// <summary>Completes when the loop has ended.</summary>
    public Task Running { get; }

    /// <summary>Completes when no delivery is running or due, nor on hold for others.</summary>
    public Task WhenDeliveriesAreDoneAsync(CancellationToken cancellationToken) =>
        Deliveries.WhenDoneAsync(Loop, strikeEvents.LetAllGo, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await dispatcher.DisposeAsync();
        await stop.CancelAsync();
        await Running;
        Loop.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await Loop.RunUntilAsync(stopping);
        }
        catch (Exception error)
        {
            // The journal could not be written, or the loop has a fault: waiting callers get a failure, this the cause.
            await Console.Error.WriteLineAsync($"The Sandbox stopped: {error}");
        }
    }
}
