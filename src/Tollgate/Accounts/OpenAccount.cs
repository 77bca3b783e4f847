using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Accounts;

/// <summary>
/// Makes an account known to billing, free of charge and without a word to Stripe. The host calls it when a tenant is
/// made; a second call changes nothing. The id of an account that was closed is not used again.
/// </summary>
public sealed class OpenAccount(NpgsqlDataSource database, BillingClock clock)
{
    /// <param name="name">Shown to people and sent to Stripe; at most 200 characters, no line breaks.</param>
    /// <param name="billingEmail">One address; receipts and notices go there.</param>
    /// <returns>False when the account was closed, and stays so.</returns>
    public async Task<bool> RunAsync(
        AccountId account,
        string name,
        string billingEmail,
        CancellationToken cancellationToken
    )
    {
        BillingContact.Require(name, billingEmail);
        var closed = await database
            .CreateCommand(
                """
                INSERT INTO billing.accounts AS known (account_id, name, billing_email, created_at)
                VALUES (@account, @name, @email, @now)
                ON CONFLICT (account_id) DO UPDATE SET account_id = known.account_id
                RETURNING closed_at IS NOT NULL
                """
            )
            .With("account", account)
            .With("name", name)
            .With("email", billingEmail)
            .With("now", clock.Now)
            .ReadAsync(row => row.GetBoolean(0), cancellationToken);
        return !closed.Single();
    }
}
