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
    ILogger<InboxPartitionWorker> log
) : WorkerLoop("partitions", Interval, heartbeats), IStartupStep, IAfterMigration
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    protected override bool StartsAtOnce => true;

    protected override bool FailsHealth => true;

    /// <summary>No start waits for older months to be moved: the first round of the loop does that.</summary>
    Task IStartupStep.RunAsync(CancellationToken cancellationToken) =>
        TryAsync(token => MakeAsync(partitions.MakeAheadAsync, token), cancellationToken);

    Task IAfterMigration.RunAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    /// <summary>One round; false when it failed.</summary>
    internal Task<bool> RunAsync(CancellationToken cancellationToken) => TryAsync(PassAsync, cancellationToken);

    protected override async Task PassAsync(CancellationToken stoppingToken)
    {
        await MakeAsync(partitions.MakeAheadAsync, stoppingToken);
        await MakeAsync(partitions.EmptyDefaultAsync, stoppingToken);
    }

    // no lock, no right to make tables, no database: the default partition takes what comes
    protected override void Failed(Exception failure) => LogFailed(failure);

    protected override Task WaitAsync(bool succeeded, PeriodicTimer ticks, CancellationToken stoppingToken) =>
        Task.Delay(succeeded ? Interval : RetryAfter, MachineTime, stoppingToken);

    private async Task MakeAsync(
        Func<CancellationToken, Task<IReadOnlyList<DateOnly>>> makeAsync,
        CancellationToken cancellationToken
    )
    {
        var made = await makeAsync(cancellationToken);
        if (made.Count > 0)
        {
            LogMade(string.Join(", ", made.Select(InboxPartitions.Text)));
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
