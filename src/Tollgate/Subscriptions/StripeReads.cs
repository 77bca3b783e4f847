using Tollgate.Accounts;
using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// Asks Stripe what is true of an account: as a rule one read, the current subscription with its latest invoice; more
/// only where an event names another object or money is outstanding.
/// </summary>
internal sealed class StripeReads(StripeClient stripe, StripeReadBudget budget)
{
    /// <param name="isThorough">Looks for what no event named, too: other subscriptions, granted features.</param>
    public async Task<StripeFacts> ReadAsync(
        BillingAccount account,
        SubscriptionState before,
        IReadOnlyList<ClaimedEvent> events,
        bool isThorough,
        CancellationToken cancellationToken
    )
    {
        if (account.StripeCustomerId is not { } customerId)
        {
            return StripeFacts.None;
        }

        var odd = new HashSet<string>();
        var readsAll = isThorough || HasNoLastingPointer(before);
        var candidates = readsAll
            ? await ListSubscriptionsAsync(customerId, cancellationToken)
            : await ReadNamedSubscriptionsAsync(customerId, before.SubscriptionId!, events, odd, cancellationToken);
        var current = CurrentSubscription.Choose(before.SubscriptionId, candidates);
        var invoices = await ReadInvoicesAsync(current, before, events, odd, cancellationToken);
        var asked = InvoicesNamedBy(events, route => route.AsksForAction).ToHashSet();
        return new StripeFacts(
            current,
            invoices,
            [.. invoices.Where(invoice => asked.Contains(invoice.Id))],
            current is null ? null : CurrentSubscription.FindSecondLive(current, candidates),
            await ReadEntitlementsAsync(customerId, events, isThorough && current is not null, cancellationToken)
        )
        {
            OddObjects = odd,
            HasSeenAll = readsAll,
        };
    }

    private async Task<IReadOnlyList<StripeSubscription>> ListSubscriptionsAsync(
        string customerId,
        CancellationToken cancellationToken
    )
    {
        await budget.SpendAsync(cancellationToken);
        return (await stripe.ListSubscriptions(customerId, cancellationToken)).OrThrow();
    }

    private async Task<IReadOnlyList<StripeSubscription>> ReadNamedSubscriptionsAsync(
        string customerId,
        string pointer,
        IReadOnlyList<ClaimedEvent> events,
        HashSet<string> odd,
        CancellationToken cancellationToken
    )
    {
        var ids = events.Select(claimed => claimed.SubscriptionId).OfType<string>().Prepend(pointer).Distinct();
        var read = new List<StripeSubscription>();
        foreach (var id in ids)
        {
            try
            {
                await budget.SpendAsync(cancellationToken);
                var answer = await stripe.GetSubscription(id, cancellationToken);
                var isStrange = id != pointer && answer.Refusal is StripeRefusal.ResourceMissing;
                if (!isStrange && answer.OrThrow() is { } subscription && subscription.CustomerId == customerId)
                {
                    read.Add(subscription);
                }
            }
            catch (StripeShapeException) when (id != pointer)
            {
                odd.Add(id); // it sets aside the events that name it, and nothing else
            }
        }

        return read;
    }

    private static bool HasNoLastingPointer(SubscriptionState before) =>
        before
            is not {
                SubscriptionId: not null,
                Status: SubscriptionStatus.Active or SubscriptionStatus.PastDue or SubscriptionStatus.Unpaid,
                StripeStatus: not "paused",
            };

    private async Task<IReadOnlyList<StripeInvoice>> ReadInvoicesAsync(
        StripeSubscription? current,
        SubscriptionState before,
        IReadOnlyList<ClaimedEvent> events,
        HashSet<string> odd,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, StripeInvoice>();
        if (current?.LatestInvoice is { } latest)
        {
            found.Add(latest.Id, latest);
        }

        foreach (var id in InvoicesNamedBy(events, route => route.NamesInvoice).Where(id => !found.ContainsKey(id)))
        {
            try
            {
                await budget.SpendAsync(cancellationToken);
                var answer = await stripe.GetInvoice(id, cancellationToken);
                if (answer.Refusal is not StripeRefusal.ResourceMissing)
                {
                    found[id] = answer.OrThrow();
                }
            }
            catch (StripeShapeException)
            {
                odd.Add(id); // it sets aside the events that name it, and nothing else
            }
        }

        if (current is not null)
        {
            foreach (var status in InvoicesToList.Of(current, before, found.Values))
            {
                await budget.SpendAsync(cancellationToken);
                foreach (var invoice in (await stripe.ListInvoices(current.Id, status, cancellationToken)).OrThrow())
                {
                    found[invoice.Id] = invoice;
                }
            }
        }

        return await WithAllLinesAsync(current, [.. found.Values], cancellationToken);
    }

    private async Task<IReadOnlyList<StripeInvoice>> WithAllLinesAsync(
        StripeSubscription? current,
        List<StripeInvoice> invoices,
        CancellationToken cancellationToken
    )
    {
        for (var i = 0; i < invoices.Count; i++)
        {
            var invoice = invoices[i];
            if (invoice.Lines.HasMore && current is not null && !StripeFacts.BaseLines(invoice, current.Id).Any())
            {
                await budget.SpendAsync(cancellationToken);
                var lines = (await stripe.GetInvoiceLines(invoice.Id, cancellationToken)).OrThrow();
                invoices[i] = invoice with { Lines = invoice.Lines with { Data = lines, HasMore = false } };
            }
        }

        return invoices;
    }

    private async Task<IReadOnlyList<string>?> ReadEntitlementsAsync(
        string customerId,
        IReadOnlyList<ClaimedEvent> events,
        bool isThorough,
        CancellationToken cancellationToken
    )
    {
        if (!isThorough && !events.Any(claimed => EventRoutes.Find(claimed.Type) is { ReadsEntitlements: true }))
        {
            return null;
        }

        await budget.SpendAsync(cancellationToken);
        var listed = (await stripe.ListActiveEntitlements(customerId, cancellationToken)).OrThrow();
        return [.. listed.Select(entitlement => entitlement.LookupKey)];
    }

    private static IEnumerable<string> InvoicesNamedBy(
        IReadOnlyList<ClaimedEvent> events,
        Func<EventRoute, bool> which
    ) =>
        events
            .Where(claimed => EventRoutes.Find(claimed.Type) is { } route && which(route))
            .Select(claimed => claimed.ObjectId)
            .OfType<string>()
            .Distinct();
}
