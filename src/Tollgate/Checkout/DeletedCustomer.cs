using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Checkout;

/// <summary>
/// A customer that was deleted at Stripe stays deleted, and its account gets another, with an intent and a key of its
/// own. What was bound stays bound: the old customer's events are still this account's.
/// </summary>
internal sealed class DeletedCustomer(IDbContextFactory<TollgateDb> contexts, StripeClient stripe, BillingClock clock)
{
    /// <summary>What is done for a customer, and once more for another one when Stripe has the first no more.</summary>
    internal async Task<Outcome<T>> ReplaceAsync<T>(
        AccountId account,
        Func<Task<Outcome<T>>> runAsync,
        CancellationToken cancellationToken
    )
    {
        var done = await runAsync();
        if (done.Refusal is not StripeSaidNo { Reason: StripeRefusal.ResourceMissing })
        {
            return done;
        }

        var forgotten = await TryForgetAsync(account, cancellationToken);
        return forgotten.Refusal is { } unknown ? new StripeSaidNo(unknown)
            : forgotten.Value ? await runAsync()
            : done;
    }

    /// <summary>Stripe answers a deleted customer with its id alone, or not at all.</summary>
    internal async Task<StripeAnswer<bool>> IsDeletedAsync(string customerId, CancellationToken cancellationToken)
    {
        var asked = await stripe.With(StripePatience.Interactive).GetCustomer(customerId, cancellationToken);
        return asked.Refusal is StripeRefusal.ResourceMissing ? true : asked.Then(customer => customer.Deleted);
    }

    /// <summary>Lets go of the account's customer if Stripe has deleted it. It is audited.</summary>
    /// <returns>False when Stripe still has it, or the account has none.</returns>
    internal async Task<StripeAnswer<bool>> TryForgetAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var customerId = await db.Set<BillingAccount>()
            .Where(row => row.AccountId == account)
            .Select(row => row.StripeCustomerId)
            .SingleOrDefaultAsync(cancellationToken);
        if (customerId is null)
        {
            return false;
        }

        var asked = await IsDeletedAsync(customerId, cancellationToken);
        return asked.Refusal is { } refusal ? refusal : asked.Value && await ForgetAsync(db, account, customerId);
    }

    private async Task<bool> ForgetAsync(TollgateDb db, AccountId account, string customerId)
    {
        var none = CancellationToken.None;
        await using var begun = await db.Database.BeginTransactionAsync(none);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var transaction = (NpgsqlTransaction)begun.GetDbTransaction();
        var isForgotten = await AccountRows.TryForgetCustomerAsync(connection, transaction, account, customerId, none);
        if (isForgotten)
        {
            await CustomerIntent.ForgetAllAsync(connection, transaction, account, none);
            var cause = $"customer {customerId} was deleted at Stripe";
            await AuditedState.NoteAsync(db, account, cause, clock.Now, none);
        }

        await begun.CommitAsync(none);
        return isForgotten;
    }
}
