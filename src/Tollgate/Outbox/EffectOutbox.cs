using Npgsql;
using Tollgate.Alerts;
using Tollgate.Storage;
using Tollgate.Telemetry;

namespace Tollgate.Outbox;

/// <summary>
/// The table of effects to dispatch. Rows are added in the commit that made them true, and only there.
/// </summary>
internal sealed class EffectOutbox(NpgsqlDataSource database)
{
    /// <summary>How long one delivery may take before another node may try.</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    public static async Task AddAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        IReadOnlyList<Effect> effects,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        foreach (var added in effects)
        {
            if (await OnceOpenAsync(connection, transaction, account, added, cancellationToken) is not { } effect)
            {
                continue;
            }

            await connection
                .Statement(
                    transaction,
                    """
                    INSERT INTO billing.outbox (account_id, kind, occurrence, payload, created_at, state, not_before,
                        trace_parent)
                    VALUES (@account, @kind, @occurrence, @payload::jsonb, @now, 'pending', clock_timestamp(), @trace)
                    ON CONFLICT (account_id, kind, occurrence) DO NOTHING
                    """
                )
                .With("account", account)
                .With("kind", effect.Kind)
                .With("occurrence", effect.Occurrence)
                .With("payload", EffectJson.Write(effect))
                .With("now", now)
                .With("trace", BillingSpans.ToKeep)
                .RunAsync(cancellationToken);
        }
    }

    /// <summary>Inside the commit that closes an account: what waits keeps no page of Stripe's.</summary>
    public static Task<int> EraseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        connection
            .Statement(
                transaction,
                "UPDATE billing.outbox SET payload = payload - 'HostedInvoiceUrl' WHERE account_id = @account"
            )
            .With("account", account)
            .RunAsync(cancellationToken);

    /// <summary>An alert is dispatched when its row opens, and not again while it is open.</summary>
    private static async Task<Effect?> OnceOpenAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        Effect effect,
        CancellationToken cancellationToken
    )
    {
        if (effect is not AlertRaised alert)
        {
            return effect;
        }

        return
            await AlertLog.RaiseAsync(connection, transaction, account, alert.Reason, alert.Detail, cancellationToken)
                is { } opened
            ? alert with
            {
                Occurrence = $"{alert.Occurrence}:{opened}",
            }
            : null;
    }

    /// <summary>
    /// One at a time, so that a slow delivery never outlasts the lease of those that wait behind it, and of an account
    /// whose former one is not being dispatched.
    /// </summary>
    internal async Task<PendingEffect?> TakeAsync(CancellationToken cancellationToken)
    {
        var taken = await database
            .CreateCommand(
                """
                UPDATE billing.outbox SET attempts = attempts + 1, leased_until = clock_timestamp() + @length
                WHERE outbox_id = (
                    SELECT outbox_id FROM billing.outbox pending
                    WHERE state = 'pending' AND not_before <= clock_timestamp()
                        AND (leased_until IS NULL OR leased_until < clock_timestamp())
                        AND NOT EXISTS (SELECT FROM billing.outbox taken WHERE taken.account_id = pending.account_id
                            AND taken.state = 'pending' AND taken.leased_until >= clock_timestamp())
                    ORDER BY outbox_id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING outbox_id, account_id, payload, attempts, trace_parent
                """
            )
            .With("length", LeaseLength)
            .ReadAsync(
                row => new PendingEffect(
                    row.GetInt64(0),
                    new AccountId(row.GetString(1)),
                    row.GetString(2),
                    row.GetInt32(3)
                )
                {
                    TraceParent = row.Nullable<string>(4),
                },
                cancellationToken
            );
        return taken is [var pending] ? pending : null;
    }

    internal async Task MarkDoneAsync(PendingEffect pending, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                UPDATE billing.outbox SET state = 'done', settled_at = clock_timestamp(), leased_until = NULL
                WHERE outbox_id = @id AND attempts = @attempts
                """
            )
            .With("id", pending.OutboxId)
            .With("attempts", pending.Attempts)
            .RunAsync(cancellationToken);

    /// <summary>It could not be tried: this was no attempt, and the next is after some time.</summary>
    internal async Task PutBackAsync(PendingEffect pending, TimeSpan retryIn, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                UPDATE billing.outbox SET leased_until = NULL, attempts = attempts - 1,
                    not_before = clock_timestamp() + @retry
                WHERE outbox_id = @id AND attempts = @attempts
                """
            )
            .With("retry", retryIn)
            .With("id", pending.OutboxId)
            .With("attempts", pending.Attempts)
            .RunAsync(cancellationToken);

    internal async Task MarkFailedAsync(
        PendingEffect pending,
        TimeSpan? retryIn,
        string error,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand(
                $"""
                WITH failed AS (
                    UPDATE billing.outbox SET state = @state, leased_until = NULL, last_error = @error,
                        not_before = clock_timestamp() + @retry
                    WHERE outbox_id = @id AND attempts = @attempts
                    RETURNING account_id, kind, occurrence, state
                )
                {AlertLog.RaiseRows}
                SELECT account_id, '{AlertLog.EffectDead}', kind || ':' || occurrence, clock_timestamp()
                FROM failed WHERE state = 'dead'
                {AlertLog.OnceWhileOpen}
                """
            )
            .With("state", retryIn is null ? "dead" : "pending")
            .With("error", error)
            .With("retry", retryIn ?? TimeSpan.Zero)
            .With("id", pending.OutboxId)
            .With("attempts", pending.Attempts)
            .RunAsync(cancellationToken);
}

/// <summary>An effect taken from the outbox, for the how-many-th time.</summary>
internal sealed record PendingEffect(long OutboxId, AccountId Account, string Payload, int Attempts)
{
    /// <summary>The trace that made it true.</summary>
    public string? TraceParent { get; init; }
}
