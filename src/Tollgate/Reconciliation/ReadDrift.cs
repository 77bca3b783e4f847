using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Reconciliation;

/// <summary>What the reconciles did and found. It reads, and compares nothing itself.</summary>
internal sealed class ReadDrift(NpgsqlDataSource database)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<DriftRun>> RunsAsync(int most, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                SELECT run_id, is_dry_run, started_at, finished_at, accounts_compared, repaired
                FROM billing.reconcile_runs ORDER BY run_id DESC LIMIT @most
                """
            )
            .With("most", most)
            .ReadAsync(
                row => new DriftRun(
                    row.GetInt64(0),
                    row.GetBoolean(1),
                    row.Time(2),
                    row.IsDBNull(3) ? null : row.Time(3),
                    row.GetInt32(4),
                    row.GetInt32(5)
                ),
                cancellationToken
            );

    /// <summary>What one run found, by subject and kind.</summary>
    /// <param name="after">The last finding of the former page; null for the first.</param>
    public async Task<IReadOnlyList<DriftFinding>> FindingsAsync(
        long runId,
        DriftFinding? after,
        int most,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand(
                """
                SELECT subject, kind, account_id, found_at, before::text, after::text
                FROM billing.reconcile_findings
                WHERE run_id = @run AND (subject, kind) > (@subject, @kind)
                ORDER BY subject, kind LIMIT @most
                """
            )
            .With("run", runId)
            .With("subject", after?.Subject ?? string.Empty)
            .With("kind", after?.Kind ?? string.Empty)
            .With("most", most)
            .ReadAsync(
                row => new DriftFinding(row.GetString(0), row.GetString(1))
                {
                    Account = row.Nullable<string>(2),
                    FoundAt = row.Time(3),
                    Before = row.Nullable<string>(4),
                    After = row.Nullable<string>(5),
                },
                cancellationToken
            );
}

/// <param name="StartedAt">Machine time, as is the end.</param>
/// <param name="FinishedAt">Null while it runs, or stands until a node goes on with it.</param>
internal sealed record DriftRun(
    long RunId,
    bool IsDryRun,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    int AccountsCompared,
    int Repaired
);

/// <param name="Subject">The account, customer or subscription that it was found on.</param>
/// <param name="Kind"><c>drift</c>, <c>stray_customer</c>, <c>double_billing</c> or an alert's reason.</param>
internal sealed record DriftFinding(string Subject, string Kind)
{
    public string? Account { get; init; }

    public DateTimeOffset FoundAt { get; init; }

    /// <summary>The state as it was, as JSON; null when the finding is no drift.</summary>
    public string? Before { get; init; }

    /// <summary>The state as Stripe has it, as JSON.</summary>
    public string? After { get; init; }
}
