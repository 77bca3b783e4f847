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

    /// <summary>
    /// SQL for the state of an event by the columns that name its customer and subscription: null when it is of an
    /// account, <c>ignored</c> when its customer was found to be another system's once, else <c>parked</c>.
    /// </summary>
    public static string SortRow(string customer, string subscription) =>
        $"""
            CASE WHEN EXISTS (
                SELECT FROM billing.stripe_bindings binding WHERE binding.stripe_id IN ({customer}, {subscription})
            ) THEN NULL WHEN EXISTS (
                SELECT FROM billing.inbox_receipts known
                WHERE known.customer_id = {customer} AND known.account_id IS NULL AND known.state = 'ignored'
                    AND known.reason = @foreign
            ) THEN 'ignored' ELSE 'parked' END
            """;

    /// <summary>
    /// Parks what has no account any more, or turned out to have none: what comes for a customer that nobody knows is
    /// parked as it is recorded. Answers for each whether it is foreign.
    /// </summary>
    /// <param name="unnamed">Types of event that name no customer: they wait until it is found out.</param>
    public static Task<List<bool>> ParkAsync(
        NpgsqlDataSource database,
        IEnumerable<string> unnamed,
        CancellationToken cancellationToken
    ) =>
        database
            .CreateCommand(
                $"""
                WITH unknown AS (
                    SELECT event_id, {SortRow("event.customer_id", "event.subscription_id")} AS state
                    FROM billing.inbox_receipts event
                    WHERE state = 'received' AND NOT (customer_id IS NULL AND type = ANY(@unnamed))
                )
                UPDATE billing.inbox_receipts event SET
                    state = unknown.state,
                    reason = CASE unknown.state WHEN 'ignored' THEN @foreign ELSE 'unknown_account' END,
                    settled_at = CASE unknown.state WHEN 'ignored' THEN clock_timestamp() END
                FROM unknown
                WHERE event.event_id = unknown.event_id AND event.state = 'received' AND unknown.state IS NOT NULL
                RETURNING event.state = 'ignored'
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
