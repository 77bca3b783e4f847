using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Inbox;

/// <summary>
/// Events of customers that no account has: parked, until a binding shows whose they are, or ignored once they are
/// another system's.
/// </summary>
internal static class UnknownEvents
{
    /// <summary>The event is of a customer that another system made.</summary>
    public const string Foreign = "foreign";

    /// <summary>The customer is ours, or Stripe does not have it: it waits for a binding, or for an operator.</summary>
    public const string NotLinked = "not_linked";

    /// <summary>Parks what came for customers that nobody knows. Answers for each whether it is foreign.</summary>
    /// <param name="unnamed">Types of event that name no customer: they wait until it is found out.</param>
    public static Task<List<bool>> ParkAsync(
        NpgsqlDataSource database,
        IEnumerable<string> unnamed,
        CancellationToken cancellationToken
    ) =>
        // whose customer was found to be another system's once needs no second check
        database
            .CreateCommand(
                """
                WITH unknown AS (
                    SELECT event.event_id, EXISTS (
                        SELECT FROM billing.inbox_receipts known
                        WHERE known.customer_id = event.customer_id AND known.account_id IS NULL
                            AND known.state = 'ignored' AND known.reason = @foreign) AS is_foreign
                    FROM billing.inbox_receipts event
                    WHERE event.state = 'received' AND NOT EXISTS (
                        SELECT FROM billing.stripe_bindings binding
                        WHERE binding.stripe_id = event.customer_id OR binding.stripe_id = event.subscription_id)
                        AND NOT (event.customer_id IS NULL AND event.type = ANY(@unnamed))
                )
                UPDATE billing.inbox_receipts event SET
                    state = CASE WHEN is_foreign THEN 'ignored' ELSE 'parked' END,
                    reason = CASE WHEN is_foreign THEN @foreign ELSE 'unknown_account' END,
                    settled_at = CASE WHEN is_foreign THEN clock_timestamp() END
                FROM unknown WHERE event.event_id = unknown.event_id AND event.state = 'received'
                RETURNING is_foreign
                """
            )
            .With("foreign", Foreign)
            .With("unnamed", unnamed.ToArray())
            .ReadAsync(row => row.GetBoolean(0), cancellationToken);

    /// <summary>What was found out of parked events, those of one customer or of none; answers how many.</summary>
    /// <param name="before">Received before this; machine time.</param>
    public static Task<int> SettleAsync(
        NpgsqlDataSource database,
        string? customerId,
        bool isForeign,
        DateTimeOffset before,
        IEnumerable<string> unnamed,
        CancellationToken cancellationToken
    ) =>
        database
            .CreateCommand(
                """
                UPDATE billing.inbox_receipts SET reason = @reason,
                    state = CASE WHEN @foreign THEN 'ignored' ELSE 'parked' END,
                    settled_at = CASE WHEN @foreign THEN clock_timestamp() END
                WHERE customer_id IS NOT DISTINCT FROM @customer AND state = 'parked' AND reason = 'unknown_account'
                    AND received_at < @before AND NOT (customer_id IS NULL AND type = ANY(@unnamed))
                    AND NOT EXISTS (SELECT FROM billing.stripe_bindings binding WHERE binding.stripe_id = @customer)
                """
            )
            .With("reason", isForeign ? Foreign : NotLinked)
            .With("foreign", isForeign)
            .With("customer", customerId)
            .With("before", before)
            .With("unnamed", unnamed.ToArray())
            .RunAsync(cancellationToken);

    /// <summary>In the transaction that binds a customer: what was another system's is ours (decision W7).</summary>
    public static Task<int> ReopenAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string customer,
        CancellationToken cancellationToken
    ) =>
        connection
            .Statement(
                transaction,
                """
                UPDATE billing.inbox_receipts SET state = 'received', reason = NULL, settled_at = NULL,
                    not_before = clock_timestamp()
                WHERE customer_id = @customer AND account_id IS NULL AND state = 'ignored' AND reason = @foreign
                """
            )
            .With("customer", customer)
            .With("foreign", Foreign)
            .RunAsync(cancellationToken);
}
