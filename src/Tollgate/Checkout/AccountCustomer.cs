using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Stripe;

namespace Tollgate.Checkout;

/// <summary>
/// One Customer per account: the intent with frozen parameters is committed before Stripe is called, its key repeats
/// the same call after any crash, and the id is stored at once (decision M2). Once Stripe has forgotten the key, what
/// it may have made is looked for first. The caller holds the account's lease.
/// </summary>
public sealed class AccountCustomer(
    IDbContextFactory<TollgateDb> contexts,
    NpgsqlDataSource database,
    StripeClient stripe,
    PlanCatalog catalog,
    BillingClock clock
)
{
    public async Task<StripeAnswer<string>> FindOrCreateAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<BillingAccount>()
            .AsNoTracking()
            .SingleAsync(a => a.AccountId == account, cancellationToken);
        if (row.StripeCustomerId is { } known)
        {
            return known;
        }

        var intent = await db.Set<CustomerIntent>().FindAsync([account], cancellationToken);
        if (intent is not null && clock.Now - intent.CreatedAt >= IdempotencyKey.Lifetime)
        {
            var lost = await FindLostAsync(intent, cancellationToken);
            if (lost.IsRefused || lost.Value is not null)
            {
                return lost!;
            }

            db.Remove(intent);
            intent = null;
        }

        if (intent is null)
        {
            intent = new CustomerIntent
            {
                AccountId = account,
                IdempotencyKey = $"customer-{Guid.NewGuid():N}",
                Name = row.Name,
                Email = row.BillingEmail,
                CreatedAt = clock.Now,
            };
            db.Add(intent);
            await db.SaveChangesAsync(cancellationToken);
        }

        var made = await stripe
            .With(StripePatience.Interactive)
            .CreateCustomer(
                new CustomerParams
                {
                    Email = intent.Email,
                    Name = intent.Name,
                    Metadata = new Dictionary<string, string> { [TenantKey] = account.Value },
                },
                new IdempotencyKey(intent.IdempotencyKey),
                cancellationToken
            );
        if (made.Refusal is { } refusal)
        {
            return refusal;
        }

        await BindAsync(account, made.Value.Id, cancellationToken);
        return made.Value.Id;
    }

    private string TenantKey => $"{catalog.MetadataPrefix}_tenant_id";

    /// <summary>The customer that the intent made before its id could be stored; null when it made none.</summary>
    private async Task<StripeAnswer<string?>> FindLostAsync(CustomerIntent intent, CancellationToken cancellationToken)
    {
        var listed = await stripe.With(StripePatience.Interactive).ListCustomers(intent.Email, cancellationToken);
        if (listed.Refusal is { } refusal)
        {
            return refusal;
        }

        var found = listed.Value.FirstOrDefault(customer =>
            customer.Metadata.TryGetValue(TenantKey, out var tenant) && tenant == intent.AccountId.Value
        );
        if (found is not null)
        {
            await BindAsync(intent.AccountId, found.Id, cancellationToken);
        }

        return found?.Id;
    }

    private async Task BindAsync(AccountId account, string customerId, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                WITH bound AS (
                    INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
                    VALUES (@customer, @account, @now)
                    ON CONFLICT (stripe_id) DO NOTHING
                )
                UPDATE billing.accounts SET stripe_customer_id = @customer
                WHERE account_id = @account AND stripe_customer_id IS NULL
                """
            )
            .With("account", account)
            .With("customer", customerId)
            .With("now", clock.Now)
            .RunAsync(CancellationToken.None); // Stripe has made it: forgetting its id would make a second one
}
