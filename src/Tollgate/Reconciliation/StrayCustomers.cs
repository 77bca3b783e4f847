using Npgsql;
using Tollgate.Alerts;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Reconciliation;

/// <summary>
/// Customers at Stripe that say they are ours and that no account has. They are reported and never bound: what an
/// object's metadata says is no proof.
/// </summary>
internal sealed class StrayCustomers(
    NpgsqlDataSource database,
    StripeClient stripe,
    StripeReadBudget budget,
    PlanCatalog catalog,
    PriceBook prices
)
{
    private const string NoAccount = "stray_customer";
    private const string SecondCustomer = "second_customer";

    public async Task<ReconcileRun> FindAsync(ReconcileRun run, ReconcileRuns runs, CancellationToken cancellationToken)
    {
        while (true)
        {
            await budget.SpendAsync(cancellationToken);
            var after = run.CustomerCursor is { Length: > 0 } cursor ? cursor : null;
            var page = (await stripe.ListCustomersPage(after, cancellationToken)).OrThrow();
            foreach (var stray in await StraysAmongAsync(page.Data, cancellationToken))
            {
                await ReportAsync(run, runs, stray, cancellationToken);
            }

            if (page.Data is not [.., var last])
            {
                return run;
            }

            run = run with { CustomerCursor = last.Id };
            await runs.SaveAsync(run, cancellationToken);
            if (page.Next is null)
            {
                return run;
            }
        }
    }

    private async Task<List<Stray>> StraysAmongAsync(
        IReadOnlyList<StripeCustomer> customers,
        CancellationToken cancellationToken
    )
    {
        var key = catalog.TenantKey;
        var ours = customers.Where(customer => customer.Metadata.ContainsKey(key)).ToList();
        return await database
            .CreateCommand(
                """
                SELECT customer.id, account.account_id
                FROM unnest(@customers, @tenants) AS customer (id, tenant)
                LEFT JOIN billing.accounts account ON account.account_id = customer.tenant
                WHERE NOT EXISTS (SELECT FROM billing.stripe_bindings WHERE stripe_id = customer.id)
                """
            )
            .With("customers", ours.Select(customer => customer.Id).ToArray())
            .With("tenants", ours.Select(customer => customer.Metadata[key]).ToArray())
            .ReadAsync(row => new Stray(row.GetString(0), row.Nullable<string>(1)), cancellationToken);
    }

    private async Task ReportAsync(
        ReconcileRun run,
        ReconcileRuns runs,
        Stray stray,
        CancellationToken cancellationToken
    )
    {
        AccountId? account = stray.Account is { } id ? new AccountId(id) : null;
        var kind = account is null ? NoAccount : SecondCustomer;
        await runs.AddFindingAsync(run, kind, stray.CustomerId, account, drift: null, cancellationToken);
        await budget.SpendAsync(cancellationToken);
        var subscriptions = (await stripe.ListSubscriptions(stray.CustomerId, cancellationToken)).OrThrow();
        var live = CurrentSubscription
            .OursOf(subscriptions, currentId: null, catalog, prices)
            .Where(one => one.Status is "active" or "trialing" or "past_due")
            .ToList();
        foreach (var paying in live)
        {
            var kindOfPaying = EventOutcomes.DoubleBilling;
            await runs.AddFindingAsync(run, kindOfPaying, paying.Id, account, drift: null, cancellationToken);
        }

        if (run.IsDryRun)
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await AlertLog.RaiseAsync(connection, null, account, kind, stray.CustomerId, cancellationToken);
        foreach (var paying in live)
        {
            // its own reason: a sync of the account does not see this customer, and must not resolve it
            var reason = $"{kind}_pays";
            await AlertLog.RaiseAsync(connection, null, account, reason, paying.Id, cancellationToken);
        }
    }

    private sealed record Stray(string CustomerId, string? Account);
}
