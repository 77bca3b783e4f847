using Microsoft.EntityFrameworkCore;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Checkout;

/// <summary>
/// What an account pays in. Stripe binds a customer to the currency of the first invoice for good, so that asking for
/// another is of no use then.
/// </summary>
internal sealed class CheckoutCurrency(IDbContextFactory<TollgateDb> contexts, StripeClient stripe, PlanCatalog catalog)
{
    /// <param name="asked">One of the catalog's; null for its first.</param>
    /// <returns>Null where the catalog sells in one, which needs no saying.</returns>
    internal async Task<Outcome<string?>> FindAsync(
        AccountId account,
        string? asked,
        CancellationToken cancellationToken
    )
    {
        if (asked is not null && !catalog.Currencies.Contains(asked))
        {
            return new CurrencyNotOffered(catalog, asked);
        }

        if (catalog.Currencies.Count < 2)
        {
            return (string?)null;
        }

        var settled = await FindSettledAsync(account, cancellationToken);
        if (settled.Refusal is { } refusal)
        {
            return new StripeSaidNo(refusal);
        }

        var currency = settled.Value ?? asked ?? catalog.Currencies[0];
        return catalog.Currencies.Contains(currency) ? currency : new CurrencyNotOffered(catalog, currency);
    }

    private async Task<StripeAnswer<string?>> FindSettledAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await db.Set<SubscriptionState>()
            .Where(state => state.AccountId == account)
            .Select(state => state.Currency)
            .SingleOrDefaultAsync(cancellationToken);
        var customerId = await db.Set<BillingAccount>()
            .Where(row => row.AccountId == account)
            .Select(row => row.StripeCustomerId)
            .SingleOrDefaultAsync(cancellationToken);
        if (known is not null || customerId is null)
        {
            return known;
        }

        var customer = await stripe.With(StripePatience.Interactive).GetCustomer(customerId, cancellationToken);
        return customer.Refusal is StripeRefusal.ResourceMissing
            ? (string?)null // deleted: the next one is bound to none
            : customer.Then(one => one.Currency);
    }
}
