using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Inbox;
using Tollgate.Settings;
using Tollgate.Startup;
using Tollgate.Storage;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;

namespace Tollgate.Webhooks;

/// <summary>
/// Finds the accounts that have waiting events and syncs each once, however many events wait. Events
/// of a customer nobody knows are parked, and found again when the customer becomes known.
/// </summary>
internal sealed partial class InboxWorker(
    NpgsqlDataSource database,
    SubscriptionSync sync,
    NameDisputed disputed,
    ForeignEvents foreign,
    InboxSignal signal,
    BillingSwitch billing,
    WorkerHeartbeats heartbeats,
    ILogger<InboxWorker> log
) : WorkerLoop("inbox", Interval, heartbeats)
{
    private const int Batch = 200;
    private const int AtOnce = 4;
    private const string Open = "'received', 'waiting'";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often parked events are looked through: whoever binds a customer syncs its account, which takes them, too.
    /// </summary>
    private static readonly TimeSpan ParkedInterval = TimeSpan.FromSeconds(5);

    /// <summary>An event whose customer is unknown for this long needs an operator (decision W7).</summary>
    private static readonly TimeSpan ParkedTooLong = TimeSpan.FromDays(7);

    private static readonly TimeSpan ParkedCheck = TimeSpan.FromHours(1);
    private long? lastParkedCheck;
    private long? lastParkedRound;
    private bool isMoreWaiting;

    protected override bool StartsAtOnce => true;

    protected override bool FailsHealth => true;

    protected override async Task PassAsync(CancellationToken stoppingToken)
    {
        var isOn = billing.IsOn;
        if (!isOn)
        {
            Heartbeats.Tried();
        }

        isMoreWaiting = isOn && await DrainAsync(stoppingToken);
    }

    protected override void Failed(Exception failure) => LogDrainFailed(failure);

    protected override Task WaitAsync(bool succeeded, PeriodicTimer ticks, CancellationToken stoppingToken) =>
        !succeeded ? Task.Delay(Interval, MachineTime, stoppingToken)
        : isMoreWaiting ? Task.CompletedTask
        : signal.WaitAsync(Interval, MachineTime, stoppingToken);

    /// <summary>One round; true when there was something to do.</summary>
    internal async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        await disputed.RunAsync(cancellationToken);
        await foreign.RunAsync(cancellationToken);
        await CheckParkedAsync(cancellationToken);
        var accounts = await FindWaitingAsync(Open, cancellationToken);
        if (lastParkedRound is not { } last || MachineTime.GetElapsedTime(last) >= ParkedInterval)
        {
            lastParkedRound = MachineTime.GetTimestamp();
            await ParkUnknownAsync(cancellationToken);
            accounts = [.. accounts.Union(await FindWaitingAsync("'parked'", cancellationToken))];
        }

        var each = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(accounts, each, async (account, token) => await ApplyAsync(account, token));
        return accounts.Count > 0;
    }

    private async Task ApplyAsync(AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            await sync.ProjectAsync(account, "events", cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogApplyFailed(failure, account); // its events were put back with a delay; other accounts go on
        }

        // a round of many accounts may take minutes while Stripe is slow: each is a step
        Beat();
        Heartbeats.Tried();
    }

    private async Task<List<AccountId>> FindWaitingAsync(string states, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                $"""
                SELECT DISTINCT binding.account_id
                FROM billing.inbox_receipts event
                JOIN billing.stripe_bindings binding
                    ON binding.stripe_id = event.customer_id OR binding.stripe_id = event.subscription_id
                LEFT JOIN billing.sync_leases lease ON lease.account_id = binding.account_id
                WHERE event.state IN ({states}) AND event.not_before <= clock_timestamp()
                    AND (lease.leased_until IS NULL OR lease.leased_until < clock_timestamp())
                LIMIT @most
                """
            )
            .With("most", Batch)
            .ReadAsync(row => new AccountId(row.GetString(0)), cancellationToken);

    private async Task ParkUnknownAsync(CancellationToken cancellationToken)
    {
        var unknown = await UnknownEvents.ParkAsync(database, EventRoutes.WithoutCustomer, cancellationToken);
        var ofOthers = unknown.Count(isForeign => isForeign);
        BillingMetrics.Foreign(ofOthers);
        if (unknown.Count > ofOthers)
        {
            LogParked(unknown.Count - ofOthers);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The inbox could not be drained and will be tried again")]
    private partial void LogDrainFailed(Exception failure);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Events of {Account} could not be applied and will be tried again"
    )]
    private partial void LogApplyFailed(Exception failure, AccountId account);

    private async Task CheckParkedAsync(CancellationToken cancellationToken)
    {
        if (lastParkedCheck is { } last && MachineTime.GetElapsedTime(last) < ParkedCheck)
        {
            return;
        }

        lastParkedCheck = MachineTime.GetTimestamp();
        var counts = await database
            .CreateCommand(
                "SELECT count(*) FROM billing.inbox_receipts WHERE state = 'parked' AND received_at < @before"
            )
            .With("before", MachineTime.GetUtcNow() - ParkedTooLong)
            .ReadAsync(row => row.GetInt64(0), cancellationToken);
        if (counts is [> 0 and var count])
        {
            LogParkedTooLong(count);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Parked {Count} events of unknown customers")]
    private partial void LogParked(int count);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Count} events have been parked for over 7 days: their customers belong to no account"
    )]
    private partial void LogParkedTooLong(long count);
}
