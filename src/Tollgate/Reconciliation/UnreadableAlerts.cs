using Npgsql;
using Tollgate.Alerts;
using Tollgate.Storage;
using Tollgate.Stripe;

namespace Tollgate.Reconciliation;

/// <summary>What a reconcile could not read at Stripe and went on without. A dry run raises and ends nothing.</summary>
internal sealed class UnreadableAlerts(NpgsqlDataSource database)
{
    public async Task RaiseAsync(
        ReconcileRun run,
        AccountId? account,
        string reason,
        StripeRefusal refusal,
        CancellationToken cancellationToken
    )
    {
        if (!run.IsDryRun)
        {
            var detail = StripeOutcome.Of(refusal);
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await AlertLog.RaiseAsync(connection, null, account, reason, detail, cancellationToken);
        }
    }

    /// <summary>Ends what was raised for no account in particular.</summary>
    public async Task ResolveAsync(ReconcileRun run, string reason, CancellationToken cancellationToken) =>
        await database
            .CreateCommand($"{AlertLog.ResolveOpen} NOT @dry AND account_id IS NULL AND reason = @reason")
            .With("by", $"reconcile {run.RunId}")
            .With("dry", run.IsDryRun)
            .With("reason", reason)
            .RunAsync(cancellationToken);
}
