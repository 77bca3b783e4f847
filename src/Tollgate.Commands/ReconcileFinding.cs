using Npgsql;
using Tollgate.Insight;
using Tollgate.Storage;

namespace Tollgate.Commands;

/// <summary>What a reconcile found at odds with Stripe.</summary>
/// <param name="Kind"><c>drift</c>, or the reason of the alert that it raised.</param>
/// <param name="Subject">The account, customer or subscription that it was found on.</param>
/// <param name="Difference">What our row said and what Stripe says; empty but for drift.</param>
internal sealed record ReconcileFinding(string Kind, string Subject, string? Account, string Difference)
{
    public static async Task<IReadOnlyList<ReconcileFinding>> ListAsync(
        NpgsqlDataSource database,
        long runId,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand(
                """
                SELECT kind, subject, account_id, before, after FROM billing.reconcile_findings
                WHERE run_id = @run ORDER BY found_at, subject
                """
            )
            .With("run", runId)
            .ReadAsync(
                row => new ReconcileFinding(
                    row.GetString(0),
                    row.GetString(1),
                    row.Nullable<string>(2),
                    row.IsDBNull(3) ? string.Empty : StateChanges.Between(row.GetString(3), row.GetString(4))
                ),
                cancellationToken
            );
}
