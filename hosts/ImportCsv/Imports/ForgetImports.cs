using Tollgate;

namespace ImportCsv.Imports;

/// <summary>
/// Deletes what a receiver that died left behind, which nobody ever saw; and imports that are older than the setting
/// <c>ImportCsv:KeepDays</c>, where it is set. What they counted stays counted.
/// </summary>
internal sealed partial class ForgetImports(
    ImportStore store,
    IConfiguration configuration,
    BillingClock clock,
    TimeProvider machineTime,
    ILogger<ForgetImports> log
) : BackgroundService
{
    private const string KeepDays = "ImportCsv:KeepDays";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Null: for ever.</summary>
    private readonly TimeSpan? kept = configuration.GetValue<int?>(KeepDays) switch
    {
        null => null,
        > 0 and var days => TimeSpan.FromDays(days),
        _ => throw new StartupException($"{KeepDays} is a number of days from 1, or not set."),
    };

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await store.DropStaleAsync(cancellationToken);
        if (kept is { } days)
        {
            await store.DropOlderAsync(clock.Now - days, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, machineTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure); // the database may be away; the next tick tries again
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Imports could not be forgotten, and will be at the next round")]
    private partial void LogFailed(Exception failure);
}
