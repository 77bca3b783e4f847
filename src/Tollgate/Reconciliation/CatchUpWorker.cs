using Microsoft.Extensions.Logging;
using Tollgate.Startup;
using Tollgate.Telemetry;
using Tollgate.Webhooks;

namespace Tollgate.Reconciliation;

/// <summary>
/// Catches up at every start, hourly, and when the database is back after an event that could not be recorded.
/// </summary>
internal sealed partial class CatchUpWorker(
    CatchUp catchUp,
    UnrecordedEvents unrecorded,
    WorkerHeartbeats heartbeats,
    ILogger<CatchUpWorker> log
) : WorkerLoop("catch-up", Interval, heartbeats)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);
    private TimeSpan retry = FirstRetry;
    private bool isDone;

    protected override bool StartsAtOnce => true;

    /// <summary>Weeks of events, at the rate at which Stripe may be read.</summary>
    protected override TimeSpan LongPass => TimeSpan.FromDays(1);

    protected override async Task PassAsync(CancellationToken stoppingToken) =>
        isDone = await catchUp.RunAsync(stoppingToken) is not null;

    protected override void Failed(Exception failure) => LogFailed(failure, retry);

    protected override async Task WaitAsync(bool succeeded, PeriodicTimer ticks, CancellationToken stoppingToken)
    {
        if (succeeded && isDone)
        {
            retry = FirstRetry;
            await unrecorded.WaitAsync(Interval, MachineTime, stoppingToken);
            return;
        }

        // another node that is at it may have begun before our gap: run again when it is done
        await Task.Delay(retry, MachineTime, stoppingToken);
        retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catch-up failed and is tried again in {Retry}")]
    private partial void LogFailed(Exception failure, TimeSpan retry);
}
