using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Startup;
using Tollgate.Telemetry;

namespace Tollgate.Usage;

/// <summary>
/// Every hour of billing time, brings the rows of free accounts whose window has ended to the window that already
/// holds, and forgets runs that were counted long ago. Nobody waits for it: a reservation resets by itself.
/// </summary>
internal sealed partial class ResetWindows(
    NpgsqlDataSource database,
    PlanCatalog catalog,
    MeterOptions meters,
    BillingSwitch billing,
    BillingClock clock,
    WorkerHeartbeats heartbeats,
    ILogger<ResetWindows> log
) : WorkerLoop("windows", CheckInterval, heartbeats)
{
    private const int AccountsAtATime = 500;
    private const int RunsAtATime = 5000;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    /// <summary>How often billing time is checked; in Development it may be moved by days at once.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private DateTimeOffset? lastRun;

    protected override Task PassAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    protected override void Failed(Exception failure) => LogFailed(failure);

    protected override async Task WaitAsync(bool succeeded, PeriodicTimer ticks, CancellationToken stoppingToken)
    {
        var dueAt = lastRun + (succeeded ? Interval : RetryAfter);
        do
        {
            await ticks.WaitForNextTickAsync(stoppingToken);
            Beat();
            if (!billing.IsOn)
            {
                dueAt = null; // once it is on again, what was used meanwhile is history at once
            }
        } while (!billing.IsOn || clock.Now < dueAt);

        lastRun = clock.Now;
    }

    /// <summary>Answers how many accounts it reset.</summary>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        while (await database.ForgetUnenforcedAsync(AccountsAtATime, cancellationToken) == AccountsAtATime)
        {
            Beat(); // some at a time, so that no run waits long
        }

        var now = clock.Now;
        var total = await ResetAsync(database, catalog, now, Beat, cancellationToken);
        LogReset(total);
        var before = now - meters.KeptFor;
        while (await database.RemoveSettledAsync(before, RunsAtATime, cancellationToken) == RunsAtATime)
        {
            Beat(); // some at a time, so that no run waits long
        }

        return total;
    }

    /// <summary>Brings all windows that have ended by then to their next; answers of how many accounts.</summary>
    internal static async Task<int> ResetAsync(
        NpgsqlDataSource database,
        PlanCatalog catalog,
        DateTimeOffset now,
        Action beat,
        CancellationToken cancellationToken
    )
    {
        var total = 0;
        foreach (var group in catalog.Meters.GroupBy(meter => meter.WindowGroup))
        {
            int reset;
            do
            {
                reset = await database.ResetEndedAsync(
                    group.Key,
                    group.First().Window,
                    now,
                    AccountsAtATime,
                    cancellationToken
                );
                total += reset;
                beat();
            } while (reset > 0);
        }

        return total;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Reset the free window of {Accounts} accounts")]
    private partial void LogReset(int accounts);

    [LoggerMessage(Level = LogLevel.Error, Message = "The reset of free windows failed and will be tried again")]
    private partial void LogFailed(Exception failure);
}
