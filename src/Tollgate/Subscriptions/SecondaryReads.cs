using Tollgate.Inbox;
using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// Asks Stripe for what the plan does not rest on: granted features, refunds and disputes. Each may fail alone; what
/// was known of it then stays, and is marked stale. It is asked for when an event says so, by a thorough sync, and
/// again while it is stale.
/// </summary>
internal sealed class SecondaryReads(StripeClient stripe, StripeReadBudget budget)
{
    private readonly RefundAndDisputeReads refundsAndDisputes = new(stripe, budget);

    /// <summary>Refunds and disputes; null when it was not asked for, or could not be read.</summary>
    public async Task<IReadOnlyList<RefundOrDispute>?> ReadRefundsAsync(
        string customerId,
        SubscriptionState before,
        IReadOnlyList<ClaimedEvent> events,
        bool isThorough,
        HashSet<string> quarantined,
        List<StaleRead> stale,
        CancellationToken cancellationToken
    )
    {
        var naming = events
            .Where(claimed => EventRoutes.Find(claimed.Type) is { ReadsRefundsAndDisputes: true })
            .ToList();
        if (!isThorough && naming is [] && !before.Stale.Contains(StaleRead.Refunds))
        {
            return null;
        }

        try
        {
            return await refundsAndDisputes.RunAsync(customerId, before.RefundsAndDisputes, cancellationToken);
        }
        catch (StripeShapeException)
        {
            // what was known of them stays, and what gates otherwise does not wait for it
            quarantined.UnionWith(naming.Select(claimed => claimed.ObjectId ?? customerId).DefaultIfEmpty(customerId));
            return null;
        }
        catch (StripeRefusedException refused)
        {
            // of a deleted customer its refunds and disputes are known
            if (refused.Refusal is not StripeRefusal.ResourceMissing)
            {
                stale.Add(StaleRead.Of(StaleRead.Refunds, refused.Refusal));
            }

            return null;
        }
    }

    /// <summary>Lookup keys of the granted features; null when they were not asked for, or could not be read.</summary>
    public async Task<IReadOnlyList<string>?> ReadEntitlementsAsync(
        string customerId,
        SubscriptionState before,
        IReadOnlyList<ClaimedEvent> events,
        bool isThorough,
        List<StaleRead> stale,
        CancellationToken cancellationToken
    )
    {
        if (
            !isThorough
            && !before.Stale.Contains(StaleRead.Entitlements)
            && !events.Any(claimed => EventRoutes.Find(claimed.Type) is { ReadsEntitlements: true })
        )
        {
            return null;
        }

        await budget.SpendAsync(cancellationToken);
        try
        {
            var listed = await stripe.ListActiveEntitlements(customerId, cancellationToken);
            if (listed.Refusal is StripeRefusal.ResourceMissing)
            {
                return []; // a deleted customer is granted nothing
            }

            if (listed.Refusal is { } refusal)
            {
                stale.Add(StaleRead.Of(StaleRead.Entitlements, refusal));
                return null;
            }

            return [.. listed.Value.Select(entitlement => entitlement.LookupKey)];
        }
        catch (StripeShapeException)
        {
            // this version cannot read them: the plan does not wait for one that can
            stale.Add(new StaleRead(StaleRead.Entitlements, "unknown_shape", IsPassing: false));
            return null;
        }
    }
}
