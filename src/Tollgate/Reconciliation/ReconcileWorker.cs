using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Settings;
using Tollgate.Startup;
using Tollgate.Telemetry;

namespace Tollgate.Reconciliation;

/// <summary>
/// Reconciles once a day, and as soon as a catch-up says that events are missing; and does the dry runs that were asked
/// for.
/// </summary>
internal sealed partial class ReconcileWorker(
    Reconcile reconcile,
    AskDryRun dryRun,
    NpgsqlDataSource database,
    BillingSwitch billing,
    WorkerHeartbeats heartbeats,
    ILogger<ReconcileWorker> log
) : WorkerLoop("reconcile", Check, heartbeats)
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan Check = TimeSpan.FromMinutes(1);
    private readonly ReconcileRuns runs = new(database);
    private bool isAsked;

    /// <summary>All accounts, at the rate at which Stripe may be read.</summary>
    protected override TimeSpan LongPass => TimeSpan.FromDays(1);

    protected override async Task PassAsync(CancellationToken stoppingToken)
    {
        if (isAsked)
        {
            await reconcile.RunAsync(isDryRun: true, stoppingToken);
        }
        else if (billing.IsOn && await runs.IsDueAsync(Interval, stoppingToken))
        {
            await reconcile.RunAsync(isDryRun: false, stoppingToken);
        }
    }

    protected override void Failed(Exception failure) => LogFailed(failure); // the next tick goes on where it stopped

    protected override async Task WaitAsync(bool succeeded, PeriodicTimer ticks, CancellationToken stoppingToken) =>
        isAsked = await dryRun.WaitAsync(Check, MachineTime, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reconcile stopped and goes on in a minute")]
    private partial void LogFailed(Exception failure);
}
