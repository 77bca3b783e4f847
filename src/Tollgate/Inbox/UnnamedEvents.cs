using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Inbox;

/// <summary>Events that name an object and no customer, until it is found out whose the object is.</summary>
internal static class UnnamedEvents
{
    /// <summary>
    /// Takes some whose time has come. What cannot be found out now waits ever longer; whoever takes an event has half
    /// a minute before another node does.
    /// </summary>
    public static Task<List<(string EventId, string ObjectId, string Type)>> TakeAsync(
        NpgsqlDataSource database,
        IEnumerable<string> types,
        int most,
        CancellationToken cancellationToken
    ) =>
        database
            .CreateCommand(
                """
                UPDATE billing.inbox_receipts SET attempts = attempts + 1, not_before = clock_timestamp()
                    + LEAST(interval '5 minutes', interval '30 seconds' * 2 ^ LEAST(attempts, 20))
                WHERE event_id IN (
                    SELECT event_id FROM billing.inbox_receipts
                    WHERE state IN ('received', 'waiting') AND not_before <= clock_timestamp()
                        AND customer_id IS NULL AND object_id IS NOT NULL AND type = ANY(@types)
                    LIMIT @most FOR UPDATE SKIP LOCKED)
                RETURNING event_id, object_id, type
                """
            )
            .With("types", types.ToArray())
            .With("most", most)
            .ReadAsync(row => (row.GetString(0), row.GetString(1), row.GetString(2)), cancellationToken);

    /// <summary>What was found out: a customer, or a state without one.</summary>
    public static Task<int> SettleAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string[] eventIds,
        (string? CustomerId, string State, string? Reason) found,
        CancellationToken cancellationToken
    ) =>
        connection
            .Statement(
                transaction,
                """
                UPDATE billing.inbox_receipts SET customer_id = @customer, state = @state, reason = @reason,
                    not_before = CASE WHEN @state = 'received' THEN clock_timestamp() ELSE not_before END,
                    attempts = CASE WHEN @state = 'received' THEN 0 ELSE attempts END,
                    settled_at = CASE WHEN @state IN ('ignored', 'quarantined') THEN clock_timestamp() END
                WHERE event_id = ANY(@events) AND state IN ('received', 'waiting', 'parked') AND customer_id IS NULL
                """
            )
            .With("customer", found.CustomerId)
            .With("state", found.State)
            .With("reason", found.Reason)
            .With("events", eventIds)
            .RunAsync(cancellationToken);
}
