using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tollgate.Reconciliation;

/// <summary>Reconciles once a day, and as soon as a catch-up says that events are missing.</summary>
internal sealed partial class ReconcileWorker(
    Reconcile reconcile,
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
        using var timer = new PeriodicTimer(Check, machineTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (billing.IsOn && await runs.IsDueAsync(Interval, stoppingToken))
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
