using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Outbox;
using Tollgate.Storage;
using Tollgate.Stripe;

namespace Tollgate.Checkout;

/// <summary>
/// One Customer per account: the intent with frozen parameters is committed before Stripe is called, its key repeats
/// the same call after any crash, and the id is stored at once (decision M2). Once Stripe has forgotten the key, what
/// it may have made is searched first. The caller holds the account's lease.
/// </summary>
internal sealed class AccountCustomer(
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
            .For(account)
            .CreateCustomer(
                new CustomerParams
                {
                    Email = intent.Email,
                    Name = intent.Name,
                    Metadata = new Dictionary<string, string> { [catalog.TenantKey] = account.Value },
                },
                new IdempotencyKey(intent.IdempotencyKey),
                cancellationToken
            );
        if (made.Refusal is { IsTransient: false } final)
        {
            return await GiveUpAsync(db, intent, final, cancellationToken);
        }

        if (made.Refusal is { } refusal)
        {
            return refusal;
        }

        await BindAsync(intent, made.Value.Id);
        return made.Value.Id;
    }

    // Under this key Stripe would say the same for a day, whatever is put right meanwhile: the next try has another.
    private async Task<StripeAnswer<string>> GiveUpAsync(
        TollgateDb db,
        CustomerIntent intent,
        StripeRefusal refusal,
        CancellationToken cancellationToken
    )
    {
        if (!refusal.IsLasting)
        {
            // it failed at Stripe after it began there: the customer may have been made all the same
            var lost = await FindLostAsync(intent, cancellationToken);
            if (lost.IsRefused || lost.Value is not null)
            {
                return lost!;
            }
        }

        db.Remove(intent);
        await db.SaveChangesAsync(CancellationToken.None);
        return refusal;
    }

    /// <summary>
    /// Every customer that the account has at Stripe: those that are bound, and any that an intent made before its id
    /// could be stored.
    /// </summary>
    internal async Task<StripeAnswer<IReadOnlyList<string>>> FindAllAsync(
        AccountId account,
        CancellationToken cancellationToken
    )
    {
        var bound = await database
            .CreateCommand(
                """
                SELECT stripe_id FROM billing.stripe_bindings
                WHERE account_id = @account AND starts_with(stripe_id, 'cus_')
                """
            )
            .With("account", account)
            .ReadAsync(row => row.GetString(0), cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<CustomerIntent>().FindAsync([account], cancellationToken) is not { } intent)
        {
            return bound;
        }

        var made = await ListOfIntentAsync(intent, cancellationToken);
        return made.Refusal is { } refusal ? refusal : bound.Union(made.Value.Select(customer => customer.Id)).ToList();
    }

    /// <summary>The customer that the intent made before its id could be stored; null when it made none.</summary>
    private async Task<StripeAnswer<string?>> FindLostAsync(CustomerIntent intent, CancellationToken cancellationToken)
    {
        var listed = await ListOfIntentAsync(intent, cancellationToken);
        if (listed.Refusal is { } refusal)
        {
            return refusal;
        }

        var found = listed.Value.FirstOrDefault();
        if (found is not null)
        {
            await BindAsync(intent, found.Id);
        }

        return found?.Id;
    }

    private async Task<StripeAnswer<IReadOnlyList<StripeCustomer>>> ListOfIntentAsync(
        CustomerIntent intent,
        CancellationToken cancellationToken
    )
    {
        var listed = await stripe.With(StripePatience.Interactive).ListCustomers(intent.Email, cancellationToken);
        return listed.Then<IReadOnlyList<StripeCustomer>>(all =>
            [
                .. all.Where(customer =>
                    customer.Metadata.TryGetValue(catalog.TenantKey, out var tenant) && tenant == intent.AccountId.Value
                ),
            ]
        );
    }

    private async Task BindAsync(CustomerIntent intent, string customerId)
    {
        var none = CancellationToken.None; // Stripe has made it: forgetting its id would make a second one
        await using var connection = await database.OpenConnectionAsync(none);
        await using var transaction = await connection.BeginTransactionAsync(none);
        await StripeBindings.TryAddAsync(connection, transaction, intent.AccountId, customerId, clock.Now, none);
        var given = await AccountRows.GiveFirstCustomerAsync(
            connection,
            transaction,
            intent.AccountId,
            customerId,
            (intent.Name, intent.Email),
            none
        );
        if (given is { IsChanged: true } changed)
        {
            // the intent was frozen before the contact changed
            var pending = new BillingContactChanged($"{changed.Version}:{customerId}");
            await EffectOutbox.AddAsync(connection, transaction, intent.AccountId, [pending], clock.Now, none);
        }

        await transaction.CommitAsync(none);
    }
}
