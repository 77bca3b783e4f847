using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Effects;

/// <summary>
/// What wants an operator: one row per case while it is open, raised in the commit that made it true, and resolved by
/// what mends it.
/// </summary>
internal static class Alerts
{
    public const string EventFailed = "event_failed";
    public const string EffectDead = "effect_dead";

    /// <summary>The open row's uniqueness, for statements that raise several at once.</summary>
    public const string OnceWhileOpen =
        "ON CONFLICT (COALESCE(account_id, ''), reason, detail) WHERE resolved_at IS NULL DO NOTHING";

    /// <summary>Null when the same is open already.</summary>
    public static async Task<long?> RaiseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        AccountId? account,
        string reason,
        string detail,
        CancellationToken cancellationToken
    )
    {
        var raised = await connection
            .Statement(
                transaction,
                $"""
                INSERT INTO billing.alerts (account_id, reason, detail, raised_at)
                VALUES (@account, @reason, @detail, clock_timestamp())
                {OnceWhileOpen}
                RETURNING alert_id
                """
            )
            .With("account", account?.Value)
            .With("reason", reason)
            .With("detail", detail)
            .ReadAsync(row => row.GetInt64(0), cancellationToken);
        return raised is [var id] ? id : null;
    }

    /// <summary>
    /// Resolves the account's alerts for these reasons, except those that are still backed by an event that is set
    /// aside, and those that were just found again.
    /// </summary>
    public static async Task ResolveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        IReadOnlyCollection<string> reasons,
        IEnumerable<AlertRaised> foundAgain,
        string by,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                UPDATE billing.alerts alert SET resolved_at = clock_timestamp(), resolved_by = @by
                WHERE account_id = @account AND resolved_at IS NULL AND reason = ANY(@reasons)
                    AND NOT reason || ':' || detail = ANY(@again)
                    AND NOT EXISTS (
                        SELECT FROM billing.inbox_receipts event
                        WHERE event.account_id = @account AND (event.state = 'quarantined'
                            AND event.reason = alert.reason OR event.state = 'dead' AND alert.reason = @dead))
                """
            )
            .With("account", account)
            .With("reasons", reasons.ToArray())
            .With("again", foundAgain.Select(alert => $"{alert.Reason}:{alert.Detail}").ToArray())
            .With("dead", EventFailed)
            .With("by", by)
            .RunAsync(cancellationToken);
}
