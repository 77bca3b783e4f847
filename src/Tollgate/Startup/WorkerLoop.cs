using Microsoft.Extensions.Hosting;
using Tollgate.Telemetry;

namespace Tollgate.Startup;

/// <summary>
/// A worker: one pass after the other until the host stops, each with a heartbeat. A failed pass is logged once and
/// ends no loop: the next one tries again. It waits by the machine clock of the heartbeats.
/// </summary>
/// <param name="name">In health and alerts.</param>
/// <param name="every">How often a pass is begun; infinite where it waits for somebody who may never come.</param>
internal abstract class WorkerLoop(string name, TimeSpan every, WorkerHeartbeats heartbeats) : BackgroundService
{
    protected WorkerHeartbeats Heartbeats { get; } = heartbeats;

    protected TimeProvider MachineTime => Heartbeats.MachineTime;

    /// <summary>The first pass waits for nothing.</summary>
    protected virtual bool StartsAtOnce => false;

    /// <summary>So many loops run side by side.</summary>
    protected virtual int LoopCount => 1;

    /// <summary>
    /// A node whose loop only fails is unhealthy, as accounts wait for its work. Not so where Stripe or a webhook may
    /// be away, which no restart repairs, or where lateness harms nobody.
    /// </summary>
    protected virtual bool FailsHealth => false;

    /// <summary>How much longer than others a pass may go without a heartbeat before it counts as stalled.</summary>
    protected virtual TimeSpan LongPass => TimeSpan.Zero;

    protected abstract Task PassAsync(CancellationToken stoppingToken);

    /// <summary>Logs why a pass failed.</summary>
    protected abstract void Failed(Exception failure);

    /// <summary>Until the next pass is to begin.</summary>
    /// <param name="succeeded">Of the last pass; true where there was none.</param>
    protected virtual async Task WaitAsync(bool succeeded, PeriodicTimer ticks, CancellationToken stoppingToken) =>
        await ticks.WaitForNextTickAsync(stoppingToken);

    /// <summary>A step of a pass that may have many.</summary>
    protected void Beat() => Heartbeats.Beat(name, LongPass);

    /// <summary>False when it failed, which is reported.</summary>
    protected async Task<bool> TryAsync(Func<CancellationToken, Task> workAsync, CancellationToken cancellationToken)
    {
        try
        {
            await workAsync(cancellationToken);
            Heartbeats.Succeed(name);
            return true;
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (FailsHealth)
            {
                Heartbeats.Fail(name, failure);
            }

            Failed(failure); // the database may be away; the next pass tries again
            return false;
        }
    }

    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, LoopCount).Select(_ => LoopAsync(stoppingToken)));

    private async Task LoopAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(every, MachineTime);
        var succeeded = true;
        for (var isFirst = true; !stoppingToken.IsCancellationRequested; isFirst = false)
        {
            if (!isFirst || !StartsAtOnce)
            {
                Heartbeats.Beat(name, every);
                await WaitAsync(succeeded, ticks, stoppingToken);
            }

            Beat();
            succeeded = await TryAsync(PassAsync, stoppingToken);
        }
    }
}
