using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Webhooks;

namespace Tollgate.Reconciliation;

/// <summary>
/// Catches up at every start, hourly, and when the database is back after an event that could not be recorded.
/// </summary>
internal sealed partial class CatchUpWorker(
    CatchUp catchUp,
    UnrecordedEvents unrecorded,
    TimeProvider machineTime,
    ILogger<CatchUpWorker> log
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunUntilDoneAsync(stoppingToken);
            await unrecorded.WaitAsync(Interval, machineTime, stoppingToken);
        }
    }

    private async Task RunUntilDoneAsync(CancellationToken stoppingToken)
    {
        for (var retry = FirstRetry; ; retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry)
        {
            try
            {
                if (await catchUp.RunAsync(stoppingToken) is not null)
                {
                    return;
                }

                // another node is at it, but may have begun before our gap: run again when it is done
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure, retry); // the database or Stripe may be away
            }

            await Task.Delay(retry, machineTime, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catch-up failed and is tried again in {Retry}")]
    private partial void LogFailed(Exception failure, TimeSpan retry);
}
