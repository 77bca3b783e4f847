using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Accounts;

/// <summary>Whose Stripe's ids are: once bound, an id never changes its account.</summary>
internal static class StripeBindings
{
    /// <summary>Remembers whose the id is. False when it already is another account's.</summary>
    public static async Task<bool> TryOwnAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        string stripeId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await TryAddAsync(connection, transaction, account, stripeId, now, cancellationToken)
        || await OwnsAsync(connection, transaction, account, stripeId, cancellationToken);

    public static async Task<bool> OwnsAsync(
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

    /// <summary>False when the id is bound already, to whomever.</summary>
    public static async Task<bool> TryAddAsync(
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
