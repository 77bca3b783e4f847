using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Storage;

namespace Tollgate.Subscriptions;

/// <summary>Which subscription an account has, before its first sync.</summary>
internal static class SubscriptionPointer
{
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
        var isNew = await StripeBindings.TryAddAsync(
            connection,
            transaction,
            account,
            subscriptionId,
            now,
            cancellationToken
        );
        if (
            !isNew
            && !await StripeBindings.OwnsAsync(connection, transaction, account, subscriptionId, cancellationToken)
        )
        {
            return false;
        }

        var before = await SubscriptionState.LoadAsync(db, account, cancellationToken);
        if (before.SubscriptionId is not null)
        {
            return isNew;
        }

        var after = before with { SubscriptionId = subscriptionId, Version = before.Version + 1 };
        await AuditedState.SaveAsync(db, before, after, cause, now, cancellationToken);
        return true;
    }
}
