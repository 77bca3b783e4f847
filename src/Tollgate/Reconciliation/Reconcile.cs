using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Deadlines;
using Tollgate.Outbox;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;

namespace Tollgate.Reconciliation;

/// <summary>
/// Compares every account that has a customer with Stripe, whether or not an event ever said anything, and repairs what
/// differs by the single writer. Then it reads Stripe's customers for those that no account has. A run that fails goes
/// on where it stopped; a second run finds nothing to write.
/// </summary>
internal sealed partial class Reconcile
{
    /// <summary>The cause in the audit, when nobody in particular asked.</summary>
    public const string Cause = "reconcile";

    private const string CustomersUnreadable = "customers_unreadable";
    private static readonly TimeSpan TurnCheck = TimeSpan.FromMilliseconds(200);
    private readonly ReconcileRuns runs;
    private readonly UnreadableAlerts unreadable;
    private readonly NpgsqlDataSource database;
    private readonly SubscriptionSync sync;
    private readonly StrayCustomers strays;
    private readonly TimeProvider machineTime;
    private readonly ILogger<Reconcile> log;

    public Reconcile(
        NpgsqlDataSource database,
        SubscriptionSync sync,
        StrayCustomers strays,
        TimeProvider machineTime,
        ILogger<Reconcile> log
    )
    {
        runs = new ReconcileRuns(database);
        unreadable = new UnreadableAlerts(database);
        this.database = database;
        this.sync = sync;
        this.strays = strays;
        this.machineTime = machineTime;
        this.log = log;
    }

    /// <summary>Accounts between two steps of the stored cursor.</summary>
    internal int PageSize { get; set; } = 100;

    /// <param name="isDryRun">Reports only.</param>
    /// <returns>Null when another node is at it.</returns>
    public Task<ReconcileReport?> RunAsync(bool isDryRun, CancellationToken cancellationToken) =>
        RunAsync(isDryRun, Cause, static (_, _) => { }, cancellationToken);

    /// <param name="isDryRun">Reports only.</param>
    /// <param name="cause">Why, for the audit of what is repaired.</param>
    /// <param name="progress">Called with how many accounts of how many are done.</param>
    /// <returns>Null when another node is at it.</returns>
    public async Task<ReconcileReport?> RunAsync(
        bool isDryRun,
        string cause,
        Action<int, int> progress,
        CancellationToken cancellationToken
    )
    {
        if (await runs.TryTakeAsync(isDryRun, cancellationToken) is not { } run)
        {
            return null;
        }

        var isFinished = false;
        try
        {
            if (run.CustomerCursor is null)
            {
                run = await CompareAccountsAsync(run, cause, progress, cancellationToken);
            }

            run = await FindStraysAsync(run, cancellationToken);
            isFinished = true;
            LogFinished(run.RunId, run.AccountsCompared, run.Repaired);
            return new ReconcileReport(run.RunId, run.AccountsCompared, run.Repaired);
        }
        finally
        {
            await runs.ReleaseAsync(run, isFinished, CancellationToken.None);
        }
    }

    private async Task<ReconcileRun> CompareAccountsAsync(
        ReconcileRun run,
        string cause,
        Action<int, int> progress,
        CancellationToken cancellationToken
    )
    {
        var all = await CountAsync(cancellationToken);
        while (await FindNextAsync(run.AccountCursor, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var account in page)
            {
                var isRepaired = await TryCompareAsync(run, account, cause, cancellationToken);
                run = run with
                {
                    AccountsCompared = run.AccountsCompared + 1,
                    Repaired = run.Repaired + (isRepaired ? 1 : 0),
                };
                progress(run.AccountsCompared, Math.Max(all, run.AccountsCompared));
            }

            run = run with { AccountCursor = page[^1].Value };
            await runs.SaveAsync(run, cancellationToken);
        }

        run = run with { CustomerCursor = string.Empty };
        await runs.SaveAsync(run, cancellationToken);
        return run;
    }

    // One account that Stripe does not show keeps no other from being compared. When Stripe is away for all, the run
    // stops and goes on there.
    private async Task<bool> TryCompareAsync(
        ReconcileRun run,
        AccountId account,
        string cause,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await CompareAsync(run, account, cause, cancellationToken);
        }
        catch (StripeRefusedException refused) when (IsOfThisOne(refused.Refusal))
        {
            LogUnreadable(refused, account);
            await runs.AddFindingAsync(
                run,
                EventOutcomes.AccountUnreadable,
                account.Value,
                account,
                drift: null,
                cancellationToken
            );
            await unreadable.RaiseAsync(
                run,
                account,
                EventOutcomes.AccountUnreadable,
                refused.Refusal,
                cancellationToken
            );
            return false;
        }
    }

    private static bool IsOfThisOne(StripeRefusal refusal) =>
        refusal
            is not (
                StripeRefusal.AuthenticationFailed
                or StripeRefusal.PermissionDenied
                or StripeRefusal.RateLimited
                or StripeRefusal.Unavailable { Reason: UnavailableReason.CircuitOpen }
            );

    // A key that may not list customers keeps no run open for ever.
    private async Task<ReconcileRun> FindStraysAsync(ReconcileRun run, CancellationToken cancellationToken)
    {
        try
        {
            var found = await strays.FindAsync(run, runs, cancellationToken);
            await unreadable.ResolveAsync(run, CustomersUnreadable, cancellationToken);
            return found;
        }
        catch (StripeRefusedException refused) when (!refused.Refusal.IsTransient)
        {
            LogCustomersUnreadable(refused);
            await unreadable.RaiseAsync(run, account: null, CustomersUnreadable, refused.Refusal, cancellationToken);
            return run;
        }
    }

    private async Task<bool> CompareAsync(
        ReconcileRun run,
        AccountId account,
        string cause,
        CancellationToken cancellationToken
    )
    {
        var result = await sync.CompareAsync(account, cancellationToken);
        var effects = result.Effects.OfType<AlertRaised>().ToList();
        foreach (var alert in effects)
        {
            var subject = $"{account}:{alert.Detail}";
            await runs.AddFindingAsync(run, alert.Reason, subject, account, drift: null, cancellationToken);
        }

        var drift =
            result.Projection is Projection.Projected projected && projected.After.Version != result.Before.Version
                ? (result.Before, projected.After)
                : ((SubscriptionState, SubscriptionState)?)null;
        if (drift is not null)
        {
            BillingMetrics.Differed(run.IsDryRun);
            LogDrift(account, run.IsDryRun);
            await runs.AddFindingAsync(run, "drift", account.Value, account, drift, cancellationToken);
        }

        if (
            run.IsDryRun
            || (drift is null && effects is [] && !await HasResolvedAlertAsync(account, result, cancellationToken))
        )
        {
            return false;
        }

        return await RepairAsync(account, cause, cancellationToken) && drift is not null;
    }

    // What the alert was about is over, and only a sync that commits says so.
    private async Task<bool> HasResolvedAlertAsync(
        AccountId account,
        SyncResult result,
        CancellationToken cancellationToken
    )
    {
        var found = await database
            .CreateCommand(
                """
                SELECT EXISTS (SELECT FROM billing.alerts
                    WHERE account_id = @account AND resolved_at IS NULL AND reason = ANY(@reasons))
                """
            )
            .With("account", account)
            .With("reasons", result.ResolvedReasons.ToArray())
            .ReadAsync(row => row.GetBoolean(0), cancellationToken);
        return found.Single();
    }

    // The sync that runs now reads less thoroughly: wait until it is our turn, at most for as long as a dead
    // holder keeps others waiting. What is left then is found by the next run.
    private async Task<bool> RepairAsync(AccountId account, string cause, CancellationToken cancellationToken)
    {
        var began = machineTime.GetTimestamp();
        while (!await sync.ProjectAsync(account, cause, isThorough: true, cancellationToken))
        {
            if (machineTime.GetElapsedTime(began) > AccountLeases.Length)
            {
                return false;
            }

            await Task.Delay(TurnCheck, machineTime, cancellationToken);
        }

        return true;
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await database
            .CreateCommand("SELECT count(*)::int FROM billing.accounts WHERE stripe_customer_id IS NOT NULL")
            .ReadAsync(row => row.GetInt32(0), cancellationToken);
        return counts.Single();
    }

    private async Task<List<AccountId>> FindNextAsync(string after, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                SELECT account_id FROM billing.accounts
                WHERE stripe_customer_id IS NOT NULL AND closed_at IS NULL AND account_id > @after
                ORDER BY account_id LIMIT @most
                """
            )
            .With("after", after)
            .With("most", PageSize)
            .ReadAsync(row => new AccountId(row.GetString(0)), cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Account} could not be compared with Stripe")]
    private partial void LogUnreadable(Exception failure, AccountId account);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stripe does not list its customers: none of them was compared")]
    private partial void LogCustomersUnreadable(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Account} differs from Stripe (dry run: {IsDryRun})")]
    private partial void LogDrift(AccountId account, bool isDryRun);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Reconcile {RunId}: {AccountsCompared} accounts compared, {Repaired} repaired"
    )]
    private partial void LogFinished(long runId, int accountsCompared, int repaired);
}

/// <summary>What a run did; what it found stands in <c>billing.reconcile_findings</c>.</summary>
internal sealed record ReconcileReport(long RunId, int AccountsCompared, int Repaired);
