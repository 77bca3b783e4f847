namespace ImportCsv.Imports;

/// <summary>Deletes what a receiver that died left behind; nobody ever saw it.</summary>
internal sealed partial class ForgetUnfinished(
    ImportStore store,
    TimeProvider machineTime,
    ILogger<ForgetUnfinished> log
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, machineTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.DropStaleAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure); // the database may be away; the next tick tries again
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Unfinished imports could not be forgotten")]
    private partial void LogFailed(Exception failure);
}
