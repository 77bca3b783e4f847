using Microsoft.Extensions.Logging;
using Tollgate.Settings;
using Tollgate.Startup;
using Tollgate.Telemetry;

namespace Tollgate.Deadlines;

/// <summary>
/// What happens to an account whose deadline has come: the capability that sets deadlines answers for them.
/// </summary>
internal interface IDueHandler
{
    /// <param name="now">An account that is not due any more by then was handled by another node.</param>
    Task HandleDueAsync(AccountId account, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>
/// Once a second, passes the accounts whose deadline has come to the handler, some at once. Its delay never
/// affects access: gates and meters decide by time alone; this updates rows and sends notices afterwards.
/// </summary>
internal sealed partial class DeadlineSweeper(
    AccountLeases leases,
    IDueHandler handler,
    BillingSwitch billing,
    WorkerHeartbeats heartbeats,
    BillingClock clock,
    ILogger<DeadlineSweeper> log
) : WorkerLoop("deadlines", Interval, heartbeats)
{
    private const int Batch = 100;
    private const int AtOnce = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Postponement = TimeSpan.FromSeconds(30);

    protected override bool FailsHealth => true;

    protected override Task PassAsync(CancellationToken stoppingToken) =>
        billing.IsOn ? SweepAsync(stoppingToken) : Task.CompletedTask;

    protected override void Failed(Exception failure) => LogSweepFailed(failure);

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        var due = await leases.FindDueAsync(clock.Now, Batch, cancellationToken);
        var each = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, each, async (account, token) => await MeetAsync(account, token));
    }

    private async Task MeetAsync(AccountId account, CancellationToken cancellationToken)
    {
        Beat();
        try
        {
            await handler.HandleDueAsync(account, clock.Now, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogAccountFailed(failure, account);
            await leases.PostponeAsync(account, clock.Now, Postponement, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The deadline sweep failed and will be tried again")]
    private partial void LogSweepFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The deadline of {Account} could not be met and is postponed")]
    private partial void LogAccountFailed(Exception failure, AccountId account);
}
