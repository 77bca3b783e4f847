using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Accounts;

/// <summary>
/// Makes an account known to billing, free of charge and without a word to Stripe. The host may call it when a tenant
/// is made, so that mails can be queued for it before its first call; a second call changes nothing but a name or
/// address that was not known. The id of an account that was closed is not used again.
/// </summary>
public sealed class OpenAccount(NpgsqlDataSource database, BillingClock clock)
{
    /// <summary>Opens it, unless it is there.</summary>
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
        return !(await AddAsync(account, name, billingEmail, cancellationToken)).IsClosed;
    }

    /// <summary>
    /// Opens it, unless it is there, with nothing known but its id: no mail goes anywhere, and nothing is bought, until
    /// an address is.
    /// </summary>
    /// <returns>False when the account was closed, and stays so.</returns>
    public async Task<bool> RunAsync(AccountId account, CancellationToken cancellationToken) =>
        !(await AddAsync(account, account.Value, billingEmail: "", cancellationToken)).IsClosed;

    /// <summary>
    /// Opens it with what is known; an address that was missing is filled in, and nothing else of an account that is
    /// there is changed.
    /// </summary>
    internal async Task<FoundAccount> AddAsync(
        AccountId account,
        string name,
        string billingEmail,
        CancellationToken cancellationToken
    )
    {
        var found = await database
            .CreateCommand(
                """
                INSERT INTO billing.accounts AS known (account_id, name, billing_email, created_at)
                VALUES (@account, @name, @email, @now)
                ON CONFLICT (account_id) DO UPDATE
                SET billing_email = CASE WHEN known.billing_email = '' AND known.closed_at IS NULL
                        THEN EXCLUDED.billing_email ELSE known.billing_email END,
                    name = CASE WHEN known.name = known.account_id AND known.closed_at IS NULL
                        THEN EXCLUDED.name ELSE known.name END
                RETURNING closed_at IS NOT NULL, billing_email <> ''
                """
            )
            .With("account", account)
            .With("name", name)
            .With("email", billingEmail)
            .With("now", clock.Now)
            .ReadAsync(row => new FoundAccount(row.GetBoolean(0), row.GetBoolean(1)), cancellationToken);
        return found.Single();
    }
}

/// <param name="HasEmail">An address is known to send to.</param>
internal sealed record FoundAccount(bool IsClosed, bool HasEmail);
