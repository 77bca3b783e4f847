using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Startup;
using Tollgate.Telemetry;

namespace Tollgate.Inbox;

/// <summary>
/// Makes the inbox's partitions before their month begins: at the start, after a migration and once a day. Any number
/// of nodes may run it. Where it fails, events land in the default partition, and are moved when it succeeds.
/// </summary>
internal sealed partial class InboxPartitionWorker(
    InboxPartitions partitions,
    WorkerHeartbeats heartbeats,
    TimeProvider machineTime,
    ILogger<InboxPartitionWorker> log
) : BackgroundService, IStartupStep, IAfterMigration
{
    private const string Worker = "partitions";
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    /// <summary>No start waits for older months to be moved: the first round of the loop does that.</summary>
    Task IStartupStep.RunAsync(CancellationToken cancellationToken) =>
        TryAsync(partitions.MakeAheadAsync, cancellationToken);

    Task IAfterMigration.RunAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? lastRun = null;
        var pause = Interval;
        while (!stoppingToken.IsCancellationRequested)
        {
            heartbeats.Beat(Worker);
            if (lastRun is not { } last || machineTime.GetElapsedTime(last) >= pause)
            {
                pause = await RunAsync(stoppingToken) ? Interval : RetryAfter;
                lastRun = machineTime.GetTimestamp();
            }

            await Task.Delay(Tick, machineTime, stoppingToken);
        }
    }

    /// <summary>One round; false when it failed.</summary>
    internal async Task<bool> RunAsync(CancellationToken cancellationToken) =>
        await TryAsync(partitions.MakeAheadAsync, cancellationToken)
        && await TryAsync(partitions.EmptyDefaultAsync, cancellationToken);

    private async Task<bool> TryAsync(
        Func<CancellationToken, Task<IReadOnlyList<DateOnly>>> makeAsync,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var made = await makeAsync(cancellationToken);
            if (made.Count > 0)
            {
                LogMade(string.Join(", ", made.Select(InboxPartitions.Text)));
            }

            heartbeats.Succeed(Worker);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // no lock, no right to make tables, no database: the default partition takes what comes
            heartbeats.Fail(Worker, failure);
            LogFailed(failure);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Made partitions of the inbox for {Months}")]
    private partial void LogMade(string months);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The inbox's partitions could not be made and will be tried again; the default partition takes events"
    )]
    private partial void LogFailed(Exception failure);
}
