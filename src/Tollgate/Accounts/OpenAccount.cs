using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Accounts;

/// <summary>
/// Makes an account known to billing, free of charge and without a word to Stripe. The host calls it when a tenant is
/// made; a second call changes nothing.
/// </summary>
public sealed class OpenAccount(NpgsqlDataSource database, BillingClock clock)
{
    /// <param name="name">Shown to people and sent to Stripe; at most 200 characters, no line breaks.</param>
    /// <param name="billingEmail">One address; receipts and notices go there.</param>
    public async Task RunAsync(AccountId account, string name, string billingEmail, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.AsSpan().IndexOfAny('\r', '\n') >= 0 || !EmailAddress.IsOne(billingEmail))
        {
            throw new ArgumentException("A name has no line breaks and a billing e-mail is one address.", nameof(name));
        }

        await database
            .CreateCommand(
                """
                INSERT INTO billing.accounts (account_id, name, billing_email, created_at)
                VALUES (@account, @name, @email, @now)
                ON CONFLICT (account_id) DO NOTHING
                """
            )
            .With("account", account)
            .With("name", name)
            .With("email", billingEmail)
            .With("now", clock.Now)
            .RunAsync(cancellationToken);
    }
}
