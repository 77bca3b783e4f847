using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Subscriptions;

/// <summary>Binds subscription ids to accounts: once bound, an id never changes its account.</summary>
internal static class SubscriptionPointer
{
    /// <summary>Remembers whose the subscription is. False when it already is another account's.</summary>
    public static async Task<bool> TryOwnAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        string stripeId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await TryInsertAsync(connection, transaction, account, stripeId, now, cancellationToken)
        || await OwnsAsync(connection, transaction, account, stripeId, cancellationToken);

    /// <summary>
    /// Points the account to the subscription if it points nowhere yet; a set pointer is not touched (S5). True when
    /// something was written that was not known before. The caller's transaction holds the account's row of leases, so
    /// that nobody else writes the state meanwhile.
    /// </summary>
    /// <param name="cause">For the audit.</param>
    public static async Task<bool> BindAsync(
        TollgateDb db,
        AccountId account,
        string subscriptionId,
        string cause,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var transaction = (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        var isNew = await TryInsertAsync(connection, transaction, account, subscriptionId, now, cancellationToken);
        if (!isNew && !await OwnsAsync(connection, transaction, account, subscriptionId, cancellationToken))
        {
            return false;
        }

        var before =
            await db.Set<SubscriptionState>()
                .AsNoTracking()
                .SingleOrDefaultAsync(row => row.AccountId == account, cancellationToken)
            ?? SubscriptionState.None(account);
        if (before.SubscriptionId is not null)
        {
            return isNew;
        }

        var after = before with { SubscriptionId = subscriptionId, Version = before.Version + 1 };
        await AuditedState.SaveAsync(db, before, after, cause, now, cancellationToken);
        return true;
    }

    private static async Task<bool> OwnsAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        string stripeId,
        CancellationToken cancellationToken
    )
    {
        var owner = await connection
            .Statement(transaction, "SELECT account_id FROM billing.stripe_bindings WHERE stripe_id = @id")
            .With("id", stripeId)
            .ReadAsync(row => row.GetString(0), cancellationToken);
        return owner is [var id] && id == account.Value;
    }

    private static async Task<bool> TryInsertAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        string stripeId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at) VALUES (@id, @account, @now)
                ON CONFLICT (stripe_id) DO NOTHING
                """
            )
            .With("id", stripeId)
            .With("account", account)
            .With("now", now)
            .RunAsync(cancellationToken) == 1;
}
