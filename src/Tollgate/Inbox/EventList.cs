using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Inbox;

/// <summary>The inbox as operators see it: what came, what became of it, and once more from the beginning.</summary>
internal sealed class EventList(NpgsqlDataSource database)
{
    /// <summary>What stands in place of a body that is empty.</summary>
    internal const string BodyIsGone = "Its body is gone: erased as old, or detached with its month.";

    /// <summary>States from which an event can start again.</summary>
    internal static readonly string[] Replayable = ["quarantined", "dead", "parked", "waiting"];

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<InboxEvent>> ListAsync(EventFilter filter, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                SELECT event_id, type, state, reason, account_id, customer_id, stripe_created_at, received_at, attempts
                FROM billing.inbox_receipts
                WHERE (@state::text IS NULL OR state = @state) AND (@type::text IS NULL OR type = @type)
                    AND (@account::text IS NULL OR account_id = @account)
                    AND (@reason::text IS NULL OR reason = @reason)
                    AND (@from::timestamptz IS NULL OR received_at >= @from)
                    AND (@to::timestamptz IS NULL OR received_at < @to)
                    AND (@after::text IS NULL OR (received_at, event_id) <
                        ((SELECT received_at FROM billing.inbox_receipts WHERE event_id = @after), @after))
                ORDER BY received_at DESC, event_id DESC LIMIT @most
                """
            )
            .With("state", filter.State)
            .With("type", filter.Type)
            .With("account", filter.Account)
            .With("reason", filter.Reason)
            .With("from", filter.From)
            .With("to", filter.To)
            .With("after", filter.After)
            .With("most", Math.Clamp(filter.Most, 1, 10_000))
            .ReadAsync(Read, cancellationToken);

    /// <summary>
    /// One event with its bytes as they were signed, empty when they were erased or detached with their month; null
    /// when it never came.
    /// </summary>
    public async Task<(InboxEvent Event, string Body)?> FindAsync(string eventId, CancellationToken cancellationToken)
    {
        var found = await database
            .CreateCommand(
                """
                SELECT event_id, type, state, reason, account_id, customer_id, stripe_created_at, received_at, attempts,
                    COALESCE(convert_from(body, 'UTF8'), '')
                FROM billing.inbox_receipts LEFT JOIN billing.inbox_payloads USING (event_id) WHERE event_id = @event
                """
            )
            .With("event", eventId)
            .ReadAsync(row => (Event: Read(row), Body: row.GetString(9)), cancellationToken);
        return found is [var one, ..] ? one : null;
    }

    /// <summary>
    /// Puts events that were quarantined, died or wait back to the beginning: their accounts are synced again. What
    /// was applied stays applied, and its replay would change nothing. Answers how many.
    /// </summary>
    public async Task<int> ReplayAsync(EventFilter filter, string? eventId, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                UPDATE billing.inbox_receipts
                SET state = 'received', reason = 'replayed', attempts = 0, settled_at = NULL,
                    not_before = clock_timestamp()
                WHERE state = ANY(@replayable)
                    AND (@event::text IS NULL OR event_id = @event)
                    AND (@state::text IS NULL OR state = @state) AND (@type::text IS NULL OR type = @type)
                    AND (@account::text IS NULL OR account_id = @account)
                    AND (@reason::text IS NULL OR reason = @reason)
                    AND (@from::timestamptz IS NULL OR received_at >= @from)
                    AND (@to::timestamptz IS NULL OR received_at < @to)
                """
            )
            .With("replayable", Replayable)
            .With("event", eventId)
            .With("state", filter.State)
            .With("type", filter.Type)
            .With("account", filter.Account)
            .With("reason", filter.Reason)
            .With("from", filter.From)
            .With("to", filter.To)
            .RunAsync(cancellationToken);

    private static InboxEvent Read(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.Nullable<string>(3),
            row.Nullable<string>(4),
            row.Nullable<string>(5),
            row.IsDBNull(6) ? null : row.Time(6),
            row.Time(7),
            row.GetInt32(8)
        );
}

/// <summary>Which events; null is any.</summary>
/// <param name="From">Received at or after; machine time.</param>
/// <param name="To">Received before.</param>
/// <param name="Most">At most 10,000 are listed.</param>
/// <param name="After">Id of the last event of the former page, for the next one.</param>
internal sealed record EventFilter(
    string? State = null,
    string? Type = null,
    string? Account = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    int Most = 50,
    string? After = null
)
{
    /// <summary>Why it is in its state: <c>foreign</c> is another system's in the same Stripe account.</summary>
    public string? Reason { get; init; }
}

/// <summary>An event of the inbox, without its bytes.</summary>
internal sealed record InboxEvent(
    string EventId,
    string Type,
    string State,
    string? Reason,
    string? Account,
    string? Customer,
    DateTimeOffset? CreatedAt,
    DateTimeOffset ReceivedAt,
    int Attempts
);

/// <summary>That event never came.</summary>
internal sealed record EventNotFound(string EventId)
    : Refusal(
        ProblemCodes.EventNotFound,
        404,
        "No such event.",
        $"{EventId} never came. The catch-up fetches what Stripe has of the last 30 days."
    );
