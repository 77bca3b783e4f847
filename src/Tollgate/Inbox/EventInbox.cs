using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Alerts;
using Tollgate.Deadlines;
using Tollgate.Storage;
using Tollgate.Telemetry;

namespace Tollgate.Inbox;

/// <summary>A verified event as it arrived.</summary>
/// <param name="State">Where it starts: <c>received</c>, <c>ignored</c> or <c>quarantined</c>.</param>
/// <param name="Body">The raw bytes that were signed.</param>
internal sealed record ReceivedEvent(
    string EventId,
    string Type,
    DateTimeOffset? StripeCreatedAt,
    string? ApiVersion,
    string? ObjectId,
    string? CustomerId,
    string? SubscriptionId,
    string State,
    string? Reason,
    byte[] Body
)
{
    /// <summary>Stripe delivered it; false of one that was found in Stripe's list.</summary>
    public bool IsDelivery { get; init; }

    /// <summary>It names an object and no customer: <see cref="UnnamedEvents"/> finds out whose that is.</summary>
    public bool IsUnnamed { get; init; }

    /// <summary>The trace of the delivery; null when nobody records it.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>
/// Every verified event, once and for ever. The insert of an id that is known changes nothing, so a redelivery after a
/// minute or a year is the same no-op.
/// </summary>
internal sealed partial class EventInbox : IAsyncDisposable
{
    // What is quarantined at once is alerted at once. A foreign version says nothing true of the account, which is
    // therefore synced by itself.
    private const string Consequences = $"""
        , alerted AS (
            {AlertLog.RaiseRows}
            SELECT DISTINCT NULL, event.reason,
                CASE event.reason WHEN '{ApiVersion}' THEN event.version WHEN '{Unreadable}' THEN event.id ELSE '' END,
                @now
            FROM added JOIN event ON event.id = added.event_id WHERE event.reason IS NOT NULL
            {AlertLog.OnceWhileOpen}
        ), due AS (
            {AccountLeases.RequestRows}
            SELECT DISTINCT binding.account_id, '-infinity'::timestamptz
            FROM added JOIN event ON event.id = added.event_id
            JOIN billing.stripe_bindings binding ON binding.stripe_id = event.customer
            WHERE event.reason = '{ApiVersion}'
            {AccountLeases.EarlierWins}
        )
        """;

    public const string Livemode = "livemode";
    public const string ApiVersion = "api_version";
    public const string Unreadable = "unreadable";

    private readonly NpgsqlDataSource database;
    private readonly TimeProvider machineTime;
    private readonly ILogger<EventInbox> log;
    private readonly KeptConnection recording;
    private readonly Batcher<ReceivedEvent, string?> batcher;

    public EventInbox(NpgsqlDataSource database, TimeProvider machineTime, ILogger<EventInbox> log)
    {
        this.database = database;
        this.machineTime = machineTime;
        this.log = log;
        recording = new(database);
        batcher = new(FlushAsync, kept: recording);
    }

    public ValueTask DisposeAsync() => batcher.DisposeAsync();

    /// <summary>
    /// Answers after the commit: the state that a new event starts in, which for a customer that nobody knows is
    /// <c>parked</c>, or <c>ignored</c> when it is known to be another system's; null when its id was known.
    /// </summary>
    public Task<string?> RecordAsync(ReceivedEvent received, CancellationToken cancellationToken) =>
        batcher.EnqueueAsync(
            BillingSpans.ToKeep is { } trace ? received with { TraceParent = trace } : received,
            cancellationToken
        );

    /// <summary>When the oldest event was received; null when there is none.</summary>
    public async Task<DateTimeOffset?> ReadOldestAsync(CancellationToken cancellationToken)
    {
        var oldest = await database
            .CreateCommand("SELECT min(received_at) FROM billing.inbox_receipts")
            .ReadAsync(row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0), cancellationToken);
        return oldest.Single();
    }

    /// <summary>
    /// Erases the bodies of events that were received in a span of time and are done with; answers how many. What is
    /// quarantined keeps its body, for whoever replays it.
    /// </summary>
    public Task<int> ForgetBodiesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        database
            .CreateCommand(
                """
                UPDATE billing.inbox_payloads SET body = ''::bytea
                WHERE body <> ''::bytea AND event_id IN (
                    SELECT event_id FROM billing.inbox_receipts
                    WHERE received_at >= @from AND received_at < @to AND state IN ('applied', 'ignored'))
                """
            )
            .With("from", from)
            .With("to", to)
            .RunAsync(cancellationToken);

    private async Task<IReadOnlyList<string?>> FlushAsync(
        IReadOnlyList<ReceivedEvent> events,
        CancellationToken cancellationToken
    )
    {
        var unique = events.DistinctBy(received => received.EventId).ToList();
        var fresh = await recording.RunAsync(batch => InsertAsync(batch, unique, cancellationToken), cancellationToken);
        BillingMetrics.Foreign(
            unique.Count(e => e.State == "received" && fresh.GetValueOrDefault(e.EventId) == "ignored")
        );
        string?[] states = [.. events.Select(one => fresh.Remove(one.EventId, out var state) ? state : null)];
        LogDelivered(events, states);
        return states;
    }

    /// <summary>Answers in which state each begins whose id is new.</summary>
    private async Task<Dictionary<string, string>> InsertAsync(
        NpgsqlBatch batch,
        List<ReceivedEvent> unique,
        CancellationToken cancellationToken
    )
    {
        var now = machineTime.GetUtcNow();
        batch
            .Add(
                $"""
                WITH event AS (
                    SELECT * FROM unnest(@ids, @types, @created, @versions, @objects, @customers, @subscriptions,
                        @states, @reasons, @bodies, @traces, @unnamed) AS event (id, type, created, version, object,
                            customer, subscription, state, reason, body, trace, is_unnamed)
                ), sorted AS (
                    SELECT *, CASE WHEN state = 'received' AND NOT is_unnamed
                        THEN {UnknownEvents.SortRow("event.customer", "event.subscription")} END AS unknown
                    FROM event
                ), added AS (
                    INSERT INTO billing.inbox_receipts (event_id, type, stripe_created_at, api_version, object_id,
                        customer_id, subscription_id, received_at, state, reason, not_before, settled_at, trace_parent)
                    SELECT id, type, created, version, object, customer, subscription, @now,
                        COALESCE(unknown, state),
                        CASE unknown WHEN 'parked' THEN 'unknown_account' WHEN 'ignored' THEN @foreign ELSE reason END,
                        @now, CASE unknown WHEN 'ignored' THEN @now END, trace
                    FROM sorted
                    ON CONFLICT (event_id) DO NOTHING
                    RETURNING event_id, state
                ), stored AS (
                    INSERT INTO billing.inbox_payloads (event_id, received_month, body)
                    SELECT added.event_id, @month, event.body FROM added JOIN event ON event.id = added.event_id
                ){(unique.Exists(received => received.Reason is not null) ? Consequences : "")}
                SELECT event_id, state FROM added
                """
            )
            .With("ids", unique.Select(e => e.EventId).ToArray())
            .With("types", unique.Select(e => e.Type).ToArray())
            .With("created", unique.Select(e => e.StripeCreatedAt).ToArray())
            .With("versions", unique.Select(e => e.ApiVersion).ToArray())
            .With("objects", unique.Select(e => e.ObjectId).ToArray())
            .With("customers", unique.Select(e => e.CustomerId).ToArray())
            .With("subscriptions", unique.Select(e => e.SubscriptionId).ToArray())
            .With("states", unique.Select(e => e.State).ToArray())
            .With("reasons", unique.Select(e => e.Reason).ToArray())
            .With("traces", unique.Select(e => e.TraceParent).ToArray())
            .With("foreign", UnknownEvents.Foreign)
            .With("unnamed", unique.Select(e => e.IsUnnamed).ToArray())
            .With("bodies", unique.Select(e => e.Body).ToArray())
            .With("now", now)
            .With("month", InboxPartitions.MonthOf(now));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var added = await reader.ReadNextAsync(
            row => (EventId: row.GetString(0), State: row.GetString(1)),
            cancellationToken
        );
        return added.ToDictionary(one => one.EventId, one => one.State, StringComparer.Ordinal);
    }

    // One entry for all events of a flush, with a line for each: an entry takes a lock that every request waits for.
    private void LogDelivered(IReadOnlyList<ReceivedEvent> events, string?[] states)
    {
        var delivered = events.Zip(states).Where(one => one.First.IsDelivery).ToList();
        if (delivered.Count > 0 && log.IsEnabled(LogLevel.Information))
        {
            LogRecorded(
                Lines(delivered.Select(one => $"{one.First.EventId} {one.First.Type}: {one.Second ?? "duplicate"}"))
            );
        }

        var quarantined = delivered.FindAll(one => one is { First.Reason: not null, Second: not null });
        if (quarantined.Count > 0)
        {
            LogQuarantined(
                Lines(
                    quarantined.Select(one =>
                        $"{one.First.EventId} {one.First.Type} is quarantined: {one.First.Reason}"
                    )
                )
            );
        }

        static string Lines(IEnumerable<string> events) =>
            string.Join('\n', events.Select(told => $"Stripe event {told}"));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Events}")]
    private partial void LogRecorded(string events);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Events}")]
    private partial void LogQuarantined(string events);
}
