using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Alerts;
using Tollgate.Deadlines;
using Tollgate.Inbox;
using Tollgate.Outbox;
using Tollgate.Storage;
using Tollgate.Telemetry;

namespace Tollgate.Subscriptions;

/// <summary>What else is written in the single writer's commit: the meters' limits, for example.</summary>
internal interface IProjectionParticipant
{
    Task WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        SubscriptionState after,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );
}

/// <summary>
/// The single writer's one transaction: state, audit, effects and the claimed events together or not at all, and only
/// while the lease is still held.
/// </summary>
internal sealed class ProjectionCommit(
    IDbContextFactory<TollgateDb> contexts,
    IEnumerable<IProjectionParticipant> participants
)
{
    /// <summary>The channel on which nodes are notified that an account changed; the payload is its id.</summary>
    public const string Channel = "tollgate_accounts";

    /// <summary>
    /// A quarantined account is synced again after this long, in case the catalog or the code was repaired.
    /// </summary>
    internal static readonly TimeSpan QuarantineRetryAfter = TimeSpan.FromHours(1);

    internal Task<bool> ProjectAsync(
        AccountLease lease,
        SyncResult result,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => ProjectAsync(lease, result, now, (_, _) => Task.CompletedTask, cancellationToken);

    /// <param name="writeAlsoAsync">What belongs into the same transaction, written last.</param>
    internal async Task<bool> ProjectAsync(
        AccountLease lease,
        SyncResult result,
        DateTimeOffset now,
        Func<NpgsqlConnection, NpgsqlTransaction, Task> writeAlsoAsync,
        CancellationToken cancellationToken
    )
    {
        var projected = result.Projection as Projection.Projected;
        return await RunAsync(
            lease,
            projected is null ? now + QuarantineRetryAfter : projected.NextDueAt,
            async (db, connection, transaction) =>
            {
                if (projected is not null)
                {
                    var after = projected.After;
                    await WriteStateAsync(db, connection, transaction, result, after, now, cancellationToken);
                }

                await EffectOutbox.AddAsync(
                    connection,
                    transaction,
                    lease.Account,
                    result.Effects,
                    now,
                    cancellationToken
                );
                await ClaimedEvents.SettleAsync(connection, transaction, result.Settled, cancellationToken);
                await ResolveAlertsAsync(connection, transaction, lease.Account, result, cancellationToken);
                await WriteSyncAsync(connection, transaction, result, now, cancellationToken);
                await writeAlsoAsync(connection, transaction);
            },
            cancellationToken
        );
    }

    /// <summary>Nothing of a closed account changes any more: what still arrives is applied, and forgotten.</summary>
    internal Task<bool> SettleClosedAsync(
        AccountLease lease,
        IReadOnlyList<ClaimedEvent> events,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            lease,
            nextDueAt: null,
            async (_, connection, transaction) =>
            {
                await ClaimedEvents.SettleAsync(connection, transaction, Applied(events), cancellationToken);
                await ClaimedEvents.EraseAsync(connection, transaction, events, cancellationToken);
            },
            cancellationToken
        );

    private static List<SettledEvent> Applied(IReadOnlyList<ClaimedEvent> events) =>
        [.. events.Select(claimed => new SettledEvent(claimed.EventId, QuarantineReason: null))];

    private static async Task WriteSyncAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        SyncResult result,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                INSERT INTO billing.account_syncs (account_id, at, cause, facts, outcome)
                VALUES (@account, @now, @cause, @facts, @outcome)
                """
            )
            .With("account", result.Before.AccountId)
            .With("now", now)
            .With("cause", result.Cause)
            .With("facts", result.Projection.Facts)
            .With(
                "outcome",
                result.Projection switch
                {
                    Projection.Quarantined quarantined => $"quarantined, {quarantined.Reason} {quarantined.Detail}",
                    Projection.Projected same when same.After.Version == result.Before.Version => "as before",
                    _ => "changed",
                }
            )
            .RunAsync(cancellationToken);

    // a successful projection resolves what had been quarantined because there was none
    private static async Task ResolveAlertsAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        SyncResult result,
        CancellationToken cancellationToken
    )
    {
        if (result.ResolvedReasons is not [] and var resolved)
        {
            await ClaimedEvents.SettleResolvedAsync(
                connection,
                transaction,
                account,
                EventOutcomes.OfTheAccount,
                cancellationToken
            );
            await AlertLog.ResolveAsync(
                connection,
                transaction,
                account,
                resolved,
                result.Effects.OfType<AlertRaised>().Select(alert => (alert.Reason, alert.Detail)),
                result.Cause,
                cancellationToken
            );
        }
    }

    internal async Task<bool> BindAsync(
        AccountLease lease,
        IReadOnlyList<ClaimedEvent> events,
        string cause,
        DateTimeOffset now,
        DateTimeOffset dueAt,
        CancellationToken cancellationToken
    ) =>
        await RunAsync(
            lease,
            dueAt,
            async (db, connection, transaction) =>
            {
                foreach (var id in events.Select(claimed => claimed.SubscriptionId).OfType<string>().Distinct())
                {
                    await SubscriptionPointer.BindAsync(db, lease.Account, id, cause, now, cancellationToken);
                }

                await ClaimedEvents.SettleAsync(connection, transaction, Applied(events), cancellationToken);
            },
            cancellationToken
        );

    private async Task<bool> RunAsync(
        AccountLease lease,
        DateTimeOffset? nextDueAt,
        Func<TollgateDb, NpgsqlConnection, NpgsqlTransaction, Task> write,
        CancellationToken cancellationToken
    )
    {
        using var span = BillingSpans.Start("commit");
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var begun = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var transaction = (NpgsqlTransaction)begun.GetDbTransaction();
        if (!await AccountLeases.TryCommitAsync(connection, transaction, lease, nextDueAt, cancellationToken))
        {
            return false; // the lease was lost: whoever has it has asked Stripe later than we did
        }

        await write(db, connection, transaction);
        await connection
            .Statement(transaction, "SELECT pg_notify(@channel, @account)")
            .With("channel", Channel)
            .With("account", lease.Account)
            .RunAsync(cancellationToken);
        await begun.CommitAsync(cancellationToken);
        return true;
    }

    private async Task WriteStateAsync(
        TollgateDb db,
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        SyncResult result,
        SubscriptionState after,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            after.SubscriptionId is { } id
            && !await StripeBindings.TryOwnAsync(connection, transaction, after.AccountId, id, now, cancellationToken)
        )
        {
            throw new InvalidOperationException(
                $"Subscription {id} is bound to another account than {after.AccountId}."
            );
        }

        await AuditedState.SaveAsync(db, result.Before, after, result.Cause, now, cancellationToken);
        foreach (var participant in participants)
        {
            await participant.WriteAsync(connection, transaction, after, now, cancellationToken);
        }
    }
}
