using System.Text.Json;
using Npgsql;
using Tollgate.Alerts;
using Tollgate.Storage;
using Tollgate.Subscriptions;

namespace Tollgate.Reconciliation;

/// <summary>The rows of the runs: one is open at a time, worked on by one node, and goes on where it stopped.</summary>
internal sealed class ReconcileRuns(NpgsqlDataSource database)
{
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The open run, or a new one; null while another node works on it or a run of the other kind is open. A dry run
    /// that was broken off is nobody's: it makes room.
    /// </summary>
    public async Task<ReconcileRun?> TryTakeAsync(bool isDryRun, CancellationToken cancellationToken)
    {
        await database
            .CreateCommand(
                """
                UPDATE billing.reconcile_runs SET finished_at = clock_timestamp()
                WHERE finished_at IS NULL AND is_dry_run
                    AND (leased_until IS NULL OR leased_until < clock_timestamp());
                INSERT INTO billing.reconcile_runs (is_dry_run, started_at) VALUES (@dry, clock_timestamp())
                ON CONFLICT ((true)) WHERE finished_at IS NULL DO NOTHING
                """
            )
            .With("dry", isDryRun)
            .RunAsync(cancellationToken);
        var taken = await database
            .CreateCommand(
                """
                UPDATE billing.reconcile_runs SET token = token + 1, leased_until = clock_timestamp() + @length
                WHERE finished_at IS NULL AND is_dry_run = @dry
                    AND (leased_until IS NULL OR leased_until < clock_timestamp())
                RETURNING run_id, token, account_cursor, customer_cursor, accounts_compared, repaired
                """
            )
            .With("dry", isDryRun)
            .With("length", LeaseLength)
            .ReadAsync(
                row => new ReconcileRun(row.GetInt64(0), row.GetInt64(1), isDryRun)
                {
                    AccountCursor = row.GetString(2),
                    CustomerCursor = row.Nullable<string>(3),
                    AccountsCompared = row.GetInt32(4),
                    Repaired = row.GetInt32(5),
                },
                cancellationToken
            );
        return taken is [var run] ? run : null;
    }

    /// <exception cref="InvalidOperationException">Another node has taken the run over.</exception>
    public async Task SaveAsync(ReconcileRun run, CancellationToken cancellationToken)
    {
        var saved = await database
            .CreateCommand(
                """
                UPDATE billing.reconcile_runs SET leased_until = clock_timestamp() + @length,
                    accounts_compared = @compared, repaired = @repaired,
                    account_cursor = @account, customer_cursor = @customer
                WHERE run_id = @run AND token = @token
                """
            )
            .With("length", LeaseLength)
            .With("compared", run.AccountsCompared)
            .With("repaired", run.Repaired)
            .With("account", run.AccountCursor)
            .With("customer", run.CustomerCursor)
            .With("run", run.RunId)
            .With("token", run.Token)
            .RunAsync(cancellationToken);
        if (saved != 1)
        {
            throw new InvalidOperationException("Another node has taken over the reconcile.");
        }
    }

    /// <summary>Ends the lease; a finished run also ends what asked for it.</summary>
    public async Task ReleaseAsync(ReconcileRun run, bool isFinished, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                $"""
                WITH released AS (
                    UPDATE billing.reconcile_runs SET leased_until = NULL,
                        finished_at = CASE WHEN @finished THEN clock_timestamp() END
                    WHERE run_id = @run AND token = @token
                    RETURNING started_at
                )
                {AlertLog.ResolveOpen} @finished AND NOT @dry AND reason = @reason
                    AND raised_at < (SELECT started_at FROM released)
                """
            )
            .With("finished", isFinished)
            .With("dry", run.IsDryRun)
            .With("run", run.RunId)
            .With("token", run.Token)
            .With("reason", CatchUp.HistoryIncomplete)
            .With("by", $"reconcile {run.RunId}")
            .RunAsync(cancellationToken);

    public async Task AddFindingAsync(
        ReconcileRun run,
        string kind,
        string subject,
        AccountId? account,
        (SubscriptionState Before, SubscriptionState After)? drift,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand(
                """
                INSERT INTO billing.reconcile_findings (run_id, subject, kind, account_id, before, after, found_at)
                VALUES (@run, @subject, @kind, @account, @before::jsonb, @after::jsonb, clock_timestamp())
                ON CONFLICT (run_id, subject, kind) DO NOTHING
                """
            )
            .With("run", run.RunId)
            .With("subject", subject)
            .With("kind", kind)
            .With("account", account?.Value)
            .With("before", drift is { } was ? JsonSerializer.Serialize(was.Before) : null)
            .With("after", drift is { } now ? JsonSerializer.Serialize(now.After) : null)
            .RunAsync(cancellationToken);

    /// <summary>
    /// True when a run stands open, none finished within a day, or a catch-up said that events are missing. Where
    /// nobody ever had a customer there is nothing to compare.
    /// </summary>
    public async Task<bool> IsDueAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        var due = await database
            .CreateCommand(
                """
                SELECT EXISTS (SELECT FROM billing.stripe_bindings) AND (
                    EXISTS (SELECT FROM billing.reconcile_runs WHERE finished_at IS NULL AND NOT is_dry_run)
                    OR EXISTS (SELECT FROM billing.alerts WHERE resolved_at IS NULL AND reason = @reason)
                    OR NOT EXISTS (
                        SELECT FROM billing.reconcile_runs
                        WHERE NOT is_dry_run AND finished_at > clock_timestamp() - @interval))
                """
            )
            .With("reason", CatchUp.HistoryIncomplete)
            .With("interval", interval)
            .ReadAsync(row => row.GetBoolean(0), cancellationToken);
        return due is [true];
    }
}

/// <summary>A run that this node works on.</summary>
internal sealed record ReconcileRun(long RunId, long Token, bool IsDryRun)
{
    public string AccountCursor { get; init; } = string.Empty;

    /// <summary>Null until the accounts are done.</summary>
    public string? CustomerCursor { get; init; }

    public int AccountsCompared { get; init; }

    public int Repaired { get; init; }
}
