using Npgsql;
using NpgsqlTypes;
using Tollgate.Deadlines;
using Tollgate.Storage;
using Tollgate.Telemetry;

namespace Tollgate.Inbox;

/// <summary>An event that waits to be applied to an account, claimed under the account's lease.</summary>
internal sealed record ClaimedEvent(string EventId, string Type, string? ObjectId, string? SubscriptionId, int Attempts)
{
    /// <summary>The trace that brought it.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>What became of a claimed event.</summary>
/// <param name="QuarantineReason">Null when it was applied.</param>
internal sealed record SettledEvent(string EventId, string? QuarantineReason);

/// <summary>
/// The single writer's statements on the inbox: claim what waits for an account before the fetch, and settle exactly
/// that after it.
/// </summary>
internal static class ClaimedEvents
{
    /// <summary>
    /// A transient failure is tried again for ever; anything else is a bug and is given up after this many tries.
    /// </summary>
    public const int AttemptsMax = 8;

    public static async Task<List<ClaimedEvent>> ClaimAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        long token,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                UPDATE billing.inbox_receipts event
                SET claim_token = @token, account_id = @account, attempts = attempts + 1
                FROM billing.stripe_bindings binding
                WHERE binding.account_id = @account
                    AND (event.customer_id = binding.stripe_id OR event.subscription_id = binding.stripe_id)
                    AND event.state IN ('received', 'waiting', 'parked')
                    AND event.not_before <= clock_timestamp()
                RETURNING event.event_id, event.type, event.object_id, event.subscription_id, event.attempts,
                    event.trace_parent
                """
            )
            .With("account", account)
            .With("token", token)
            .ReadAsync(
                row => new ClaimedEvent(
                    row.GetString(0),
                    row.GetString(1),
                    row.Nullable<string>(2),
                    row.Nullable<string>(3),
                    row.GetInt32(4)
                )
                {
                    TraceParent = row.Nullable<string>(5),
                },
                cancellationToken
            );

    /// <summary>Inside the commit: these events are done, or each quarantined for its reason.</summary>
    public static async Task SettleAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<SettledEvent> events,
        CancellationToken cancellationToken
    )
    {
        var ages = await connection
            .Statement(
                transaction,
                """
                UPDATE billing.inbox_receipts event SET settled_at = clock_timestamp(), reason = settled.reason,
                    state = CASE WHEN settled.reason IS NULL THEN 'applied' ELSE 'quarantined' END
                FROM unnest(@events, @reasons) AS settled (event_id, reason)
                WHERE event.event_id = settled.event_id AND state IN ('received', 'waiting', 'parked')
                RETURNING clock_timestamp() - event.received_at
                """
            )
            .With("events", events.Select(settled => settled.EventId).ToArray())
            .WithArray("reasons", NpgsqlDbType.Text, events.Select(settled => settled.QuarantineReason).ToArray())
            .ReadAsync(row => row.GetTimeSpan(0), cancellationToken);
        ages.ForEach(BillingMetrics.Applied);
    }

    /// <summary>
    /// Inside the commit: the account was projected, so what had been quarantined because it could not be is applied.
    /// </summary>
    public static async Task SettleResolvedAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        IReadOnlyCollection<string> reasons,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                UPDATE billing.inbox_receipts SET state = 'applied', reason = NULL, settled_at = clock_timestamp()
                WHERE account_id = @account AND state = 'quarantined' AND reason = ANY(@reasons)
                """
            )
            .With("account", account)
            .With("reasons", reasons.ToArray())
            .RunAsync(cancellationToken);

    /// <summary>Inside the commit: of these events only ids are kept.</summary>
    public static async Task EraseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<ClaimedEvent> events,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(transaction, "UPDATE billing.inbox_payloads SET body = ''::bytea WHERE event_id = ANY(@events)")
            .With("events", events.Select(claimed => claimed.EventId).ToArray())
            .RunAsync(cancellationToken);

    /// <summary>
    /// Inside the commit that closes an account: of its events only ids are kept, and what was quarantined is done
    /// with.
    /// </summary>
    public static async Task EraseAllAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                WITH theirs AS (
                    SELECT event.event_id, event.state FROM billing.inbox_receipts event
                    WHERE event.account_id = @account OR event.customer_id IN
                        (SELECT stripe_id FROM billing.stripe_bindings WHERE account_id = @account)
                ), erased AS (
                    UPDATE billing.inbox_payloads SET body = ''::bytea
                    WHERE event_id IN (SELECT event_id FROM theirs)
                )
                UPDATE billing.inbox_receipts SET state = 'ignored', reason = 'account_closed',
                    settled_at = clock_timestamp()
                WHERE event_id IN (SELECT event_id FROM theirs WHERE state IN ('quarantined', 'dead'))
                """
            )
            .With("account", account)
            .RunAsync(cancellationToken);

    /// <summary>
    /// After a failure: wait and try again, ever longer. What goes on failing by itself is given up as dead; answers
    /// the ids of those.
    /// </summary>
    /// <param name="notAskedFor">Stripe was not asked: it was no try, and the next is after this.</param>
    public static async Task<List<string>> PutBackAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountLease lease,
        IReadOnlyList<ClaimedEvent> events,
        string reason,
        bool isTransient,
        TimeSpan? notAskedFor,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                WITH put_back AS (
                    UPDATE billing.inbox_receipts SET reason = @reason,
                        state = CASE WHEN @transient OR attempts < @most THEN 'waiting' ELSE 'dead' END,
                        attempts = attempts - CASE WHEN @not_asked::interval IS NULL THEN 0 ELSE 1 END,
                        not_before = clock_timestamp() + COALESCE(@not_asked::interval,
                            LEAST(interval '5 minutes', interval '0.5 seconds' * 2 ^ LEAST(attempts, 20)))
                    WHERE event_id = ANY(@events) AND claim_token = @token
                        AND state IN ('received', 'waiting', 'parked')
                    RETURNING event_id, state
                )
                SELECT event_id FROM put_back WHERE state = 'dead'
                """
            )
            .With("events", events.Select(claimed => claimed.EventId).ToArray())
            .With("token", lease.Token)
            .With("reason", reason)
            .With("transient", isTransient)
            .With("most", AttemptsMax)
            .With("not_asked", notAskedFor)
            .ReadAsync(row => row.GetString(0), cancellationToken);
}
