using System.Globalization;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Outbox;

namespace Tollgate.Checkout;

/// <summary>
/// The host's tenant has another name, or its bills go to another address. Stripe is updated from the outbox; whatever
/// stands here at that time is what Stripe gets, so the last change wins.
/// </summary>
public sealed class ChangeBillingContact(NpgsqlDataSource database, BillingClock clock)
{
    /// <summary>Changes both here at once; Stripe follows from the outbox.</summary>
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
        var found = await AccountRows.ChangeContactAsync(
            connection,
            transaction,
            account,
            (name, billingEmail),
            cancellationToken
        );
        if (found is { IsPending: true } changed)
        {
            var occurrence = changed.Version.ToString(CultureInfo.InvariantCulture);
            var pending = new BillingContactChanged(occurrence);
            await EffectOutbox.AddAsync(connection, transaction, account, [pending], clock.Now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return found is not null;
    }
}
