using Microsoft.EntityFrameworkCore;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Insight;

/// <summary>
/// Accounts that pay twice: a second Customer with our mark at Stripe, or a second live subscription. It says what to
/// cancel and refund; it cancels nothing.
/// </summary>
internal sealed class FindDuplicates(
    IDbContextFactory<TollgateDb> contexts,
    StripeClient stripe,
    StripeReadBudget budget,
    PlanCatalog catalog,
    PriceBook prices
)
{
    /// <param name="progress">Called with how many accounts of how many are done.</param>
    public async Task<IReadOnlyList<DuplicateBilling>> RunAsync(
        Action<int, int> progress,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var payers = await db.Set<BillingAccount>()
            .AsNoTracking()
            .Where(account => account.StripeCustomerId != null && account.ClosedAt == null)
            .OrderBy(account => account.AccountId)
            .ToListAsync(cancellationToken);
        var current = await db.Set<SubscriptionState>()
            .AsNoTracking()
            .ToDictionaryAsync(state => state.AccountId, state => state.SubscriptionId, cancellationToken);
        var found = new List<DuplicateBilling>();
        foreach (var (index, payer) in payers.Index())
        {
            found.AddRange(
                await FindOfCustomerAsync(payer, current.GetValueOrDefault(payer.AccountId), cancellationToken)
            );
            progress(index + 1, payers.Count);
        }

        return found;
    }

    private async Task<List<DuplicateBilling>> FindOfCustomerAsync(
        BillingAccount payer,
        string? current,
        CancellationToken cancellationToken
    )
    {
        var found = new List<DuplicateBilling>();
        var customers = new List<string> { payer.StripeCustomerId! };
        await budget.SpendAsync(cancellationToken);
        foreach (var other in (await stripe.ListCustomers(payer.BillingEmail, cancellationToken)).OrThrow())
        {
            var isOurs = other.Metadata.GetValueOrDefault(catalog.TenantKey) == payer.AccountId.Value;
            if (isOurs && other.Id != payer.StripeCustomerId)
            {
                customers.Add(other.Id);
                found.Add(
                    new DuplicateBilling(
                        payer.AccountId.Value,
                        "customer",
                        other.Id,
                        "Delete it once nothing bills it."
                    )
                );
            }
        }

        foreach (var customer in customers)
        {
            await budget.SpendAsync(cancellationToken);
            var subscriptions = (await stripe.ListSubscriptions(customer, cancellationToken)).OrThrow();
            found.AddRange(
                CurrentSubscription
                    .OursOf(subscriptions, current, catalog, prices)
                    .Where(other => other.Status is "active" or "trialing" or "past_due" or "unpaid")
                    .Where(other => other.Id != current)
                    .Select(other => new DuplicateBilling(
                        payer.AccountId.Value,
                        "subscription",
                        other.Id,
                        $"Cancel it and refund {other.LatestInvoiceId}; the one that counts is {current ?? "none"}."
                    ))
            );
        }

        return found;
    }
}

/// <param name="Kind"><c>customer</c> or <c>subscription</c>.</param>
/// <param name="StripeId">The one too many.</param>
/// <param name="WhatToDo">For a person at Stripe's dashboard.</param>
internal sealed record DuplicateBilling(string Account, string Kind, string StripeId, string WhatToDo);
