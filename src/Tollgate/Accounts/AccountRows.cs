using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Accounts;

/// <summary>What is written of an account that is open: its customer and its contact, until it is closed.</summary>
internal static class AccountRows
{
    /// <summary>Gives the account its customer. False when it has another, or is closed.</summary>
    public static async Task<bool> TryGiveCustomerAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        string customerId,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                UPDATE billing.accounts SET stripe_customer_id = @customer
                WHERE account_id = @account AND closed_at IS NULL
                    AND (stripe_customer_id IS NULL OR stripe_customer_id = @customer)
                """
            )
            .With("customer", customerId)
            .With("account", account)
            .RunAsync(cancellationToken) == 1;

    /// <summary>Gives an account without customer the one that was made of its contact as it was then.</summary>
    /// <returns>
    /// The contact's version, and whether it has changed meanwhile; null when the account has a customer.
    /// </returns>
    public static async Task<(long Version, bool IsChanged)?> GiveFirstCustomerAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        string customerId,
        (string Name, string Email) contact,
        CancellationToken cancellationToken
    )
    {
        var given = await connection
            .Statement(
                transaction,
                """
                UPDATE billing.accounts SET stripe_customer_id = @customer
                WHERE account_id = @account AND stripe_customer_id IS NULL
                RETURNING contact_version, name <> @name OR billing_email <> @email
                """
            )
            .With("account", account)
            .With("customer", customerId)
            .With("name", contact.Name)
            .With("email", contact.Email)
            .ReadAsync(row => (row.GetInt64(0), row.GetBoolean(1)), cancellationToken);
        return given is [var one] ? one : null;
    }

    /// <summary>Takes this customer from the account; false when it has another by now.</summary>
    public static async Task<bool> TryForgetCustomerAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        string customerId,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                UPDATE billing.accounts SET stripe_customer_id = NULL
                WHERE account_id = @account AND stripe_customer_id = @customer
                """
            )
            .With("account", account)
            .With("customer", customerId)
            .RunAsync(cancellationToken) == 1;

    /// <summary>Changes the contact of an open account.</summary>
    /// <returns>
    /// The contact's version, and whether Stripe has a customer to be told; null when there is no such account, or it
    /// is closed.
    /// </returns>
    public static async Task<(long Version, bool IsPending)?> ChangeContactAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        (string Name, string Email) contact,
        CancellationToken cancellationToken
    )
    {
        var changed = await connection
            .Statement(
                transaction,
                """
                WITH before AS (
                    SELECT account_id, name <> @name OR billing_email <> @email AS is_changed FROM billing.accounts
                    WHERE account_id = @account AND closed_at IS NULL FOR UPDATE
                )
                UPDATE billing.accounts account SET name = @name, billing_email = @email,
                    contact_version = contact_version + CASE WHEN before.is_changed THEN 1 ELSE 0 END
                FROM before WHERE before.account_id = account.account_id
                RETURNING contact_version, before.is_changed AND stripe_customer_id IS NOT NULL
                """
            )
            .With("account", account)
            .With("name", contact.Name)
            .With("email", contact.Email)
            .ReadAsync(row => (row.GetInt64(0), row.GetBoolean(1)), cancellationToken);
        return changed is [var one] ? one : null;
    }

    /// <summary>Closes the account: of it only ids are kept.</summary>
    public static Task<int> CloseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        string name,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        connection
            .Statement(
                transaction,
                """
                UPDATE billing.accounts SET name = @name, billing_email = '', closed_at = @now
                WHERE account_id = @account
                """
            )
            .With("account", account)
            .With("name", name)
            .With("now", now)
            .RunAsync(cancellationToken);
}
