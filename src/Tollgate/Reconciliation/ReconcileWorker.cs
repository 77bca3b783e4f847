using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Settings;

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
    TimeProvider machineTime,
    ILogger<ReconcileWorker> log
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan Check = TimeSpan.FromMinutes(1);
    private readonly ReconcileRuns runs = new(database);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var isAsked = await dryRun.WaitAsync(Check, machineTime, stoppingToken);
            try
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
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure); // the next tick goes on where it stopped
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reconcile stopped and goes on in a minute")]
    private partial void LogFailed(Exception failure);
}
