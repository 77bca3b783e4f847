using System.Globalization;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Effects;
using Tollgate.Storage;

namespace Tollgate.Checkout;

/// <summary>
/// The host's tenant has another name, or its bills go to another address. Stripe is updated from the outbox; whatever
/// stands here at that time is what Stripe gets, so the last change wins.
/// </summary>
public sealed class ChangeBillingContact(NpgsqlDataSource database, BillingClock clock)
{
    /// <param name="name">At most 200 characters, no line breaks.</param>
    /// <param name="billingEmail">One address.</param>
    /// <returns>False when there is no such account, or it is closed.</returns>
    /// <exception cref="ArgumentException">The name or the address is not of that form.</exception>
    public async Task<bool> RunAsync(
        AccountId account,
        string name,
        string billingEmail,
        CancellationToken cancellationToken
    )
    {
        BillingContact.Require(name, billingEmail);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var found = await connection
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
            .With("name", name)
            .With("email", billingEmail)
            .ReadAsync(row => (Version: row.GetInt64(0), IsPending: row.GetBoolean(1)), cancellationToken);
        if (found is [{ IsPending: true } changed])
        {
            var occurrence = changed.Version.ToString(CultureInfo.InvariantCulture);
            var pending = new BillingContactChanged(occurrence);
            await Outbox.AddAsync(connection, transaction, account, [pending], clock.Now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return found is [_];
    }
}
