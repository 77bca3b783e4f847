using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Alerts;

/// <summary>
/// What needs an operator: one row per case while it is open, raised in the commit that made it true, and resolved by
/// what resolves it.
/// </summary>
internal static class AlertLog
{
    public const string EventFailed = "event_failed";
    public const string EffectDead = "effect_dead";

    /// <summary>
    /// For statements that raise several at once: rows of account, reason, detail and machine time follow, and then
    /// <see cref="OnceWhileOpen"/>.
    /// </summary>
    public const string RaiseRows = "INSERT INTO billing.alerts (account_id, reason, detail, raised_at)";

    /// <summary>
    /// For statements that resolve some of the open ones: a condition on <c>alert</c> follows, and <c>@by</c> says who.
    /// </summary>
    public const string ResolveOpen =
        "UPDATE billing.alerts alert SET resolved_at = clock_timestamp(), resolved_by = @by "
        + "WHERE resolved_at IS NULL AND";

    /// <summary>The open row's uniqueness.</summary>
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
                {RaiseRows}
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
    /// Resolves the account's alerts for these reasons, except those that are still backed by a quarantined
    /// event, and those that were just found again.
    /// </summary>
    public static async Task ResolveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        IReadOnlyCollection<string> reasons,
        IEnumerable<(string Reason, string Detail)> foundAgain,
        string by,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                $"""
                {ResolveOpen} account_id = @account AND reason = ANY(@reasons)
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

    /// <summary>Inside the commit that closes an account: none of its alerts stays open, and no address.</summary>
    public static Task<int> EraseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        connection
            .Statement(
                transaction,
                """
                UPDATE billing.alerts SET resolved_at = coalesce(resolved_at, clock_timestamp()),
                    resolved_by = coalesce(resolved_by, 'account closed'),
                    detail = CASE WHEN starts_with(reason, 'mail_') THEN '' ELSE detail END
                WHERE account_id = @account
                """
            )
            .With("account", account)
            .RunAsync(cancellationToken);

    /// <summary>
    /// Takes open alerts that were not sent to anybody, the oldest first. Whoever took them has two minutes; then they
    /// are another node's to send.
    /// </summary>
    public static Task<List<UnsentAlert>> TakeUnsentAsync(
        NpgsqlDataSource database,
        CancellationToken cancellationToken
    ) =>
        database
            .CreateCommand(
                """
                UPDATE billing.alerts SET send_not_before = clock_timestamp() + interval '2 minutes'
                WHERE alert_id IN (
                    SELECT alert_id FROM billing.alerts
                    WHERE sent_at IS NULL AND resolved_at IS NULL AND send_not_before <= clock_timestamp()
                    ORDER BY alert_id LIMIT 50 FOR UPDATE SKIP LOCKED)
                RETURNING alert_id, account_id, reason, detail, raised_at
                """
            )
            .ReadAsync(
                row => new UnsentAlert(
                    row.GetInt64(0),
                    row.Nullable<string>(1),
                    row.GetString(2),
                    row.GetString(3),
                    row.GetFieldValue<DateTimeOffset>(4)
                ),
                cancellationToken
            );

    /// <summary>They were sent; nobody is sent them again.</summary>
    public static async Task MarkSentAsync(
        NpgsqlDataSource database,
        IEnumerable<UnsentAlert> sent,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand("UPDATE billing.alerts SET sent_at = clock_timestamp() WHERE alert_id = ANY(@ids)")
            .With("ids", sent.Select(alert => alert.AlertId).ToArray())
            .RunAsync(cancellationToken);
}
