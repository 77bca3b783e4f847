using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Inbox;
using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// Asks Stripe what is true of an account: as a rule one read, the customer's subscriptions with their latest invoices;
/// more only where an event names another object or money is outstanding.
/// </summary>
internal sealed class StripeReads(StripeClient stripe, StripeReadBudget budget, PlanCatalog catalog, PriceBook prices)
{
    private readonly SecondaryReads secondary = new(stripe, budget);

    /// <param name="isThorough">Reads what no event named, too: granted features, refunds and disputes.</param>
    /// <exception cref="StripeBehindException">The answer is older than one of the events.</exception>
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

        var quarantined = new HashSet<string>();
        var all = await TryListSubscriptionsAsync(customerId, before, cancellationToken);
        IReadOnlyList<StripeSubscription> candidates = all ?? [];
        if (before.SubscriptionId is { } pointer && candidates.All(candidate => candidate.Id != pointer))
        {
            var named = await ReadNamedSubscriptionsAsync(
                customerId,
                pointer,
                mayBeGone: candidates.Count > 0,
                events,
                quarantined,
                cancellationToken
            );
            candidates = [.. candidates, .. named.ExceptBy(candidates.Select(listed => listed.Id), one => one.Id)];
        }

        IReadOnlyList<StripeSubscription> seen = candidates;
        candidates = [.. CurrentSubscription.OursOf(seen, before.SubscriptionId, catalog, prices)];
        var current = CurrentSubscription.Choose(candidates, catalog, prices);
        var invoices = await ReadInvoicesAsync(current, candidates, before, events, quarantined, cancellationToken);
        var asked = InvoicesNamedBy(events, route => route.AsksForAction).ToHashSet();
        var stale = new List<StaleRead>();
        var facts = new StripeFacts(
            current,
            invoices,
            [.. invoices.Where(invoice => asked.Contains(invoice.Id))],
            current is null ? null : CurrentSubscription.FindSecondLive(current, candidates),
            await secondary.ReadEntitlementsAsync(
                customerId,
                before,
                events,
                isThorough && current is not null,
                stale,
                cancellationToken
            )
        )
        {
            RefundsAndDisputes = await secondary.ReadRefundsAsync(
                customerId,
                before,
                events,
                isThorough,
                quarantined,
                stale,
                cancellationToken
            ),
            Stale = stale,
            QuarantinedObjects = quarantined,
            Others = [.. seen.Select(candidate => candidate.Id).Where(id => id != current?.Id)],
            HasSeenAll = all is not null,
        };
        StripeBehindException.ThrowIfAhead(events, facts);
        return facts;
    }

    // One that cannot be read must not hide the others: null when the account's are read by their ids.
    private async Task<IReadOnlyList<StripeSubscription>?> TryListSubscriptionsAsync(
        string customerId,
        SubscriptionState before,
        CancellationToken cancellationToken
    )
    {
        await budget.SpendAsync(cancellationToken);
        try
        {
            var listed = await stripe.ListSubscriptions(customerId, cancellationToken);
            // a deleted customer has no list any more, but its subscriptions can still be asked for
            return listed.Refusal is StripeRefusal.ResourceMissing && before.SubscriptionId is not null
                ? null
                : listed.OrThrow();
        }
        catch (StripeShapeException) when (before.SubscriptionId is not null)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<StripeSubscription>> ReadNamedSubscriptionsAsync(
        string customerId,
        string pointer,
        bool mayBeGone,
        IReadOnlyList<ClaimedEvent> events,
        HashSet<string> quarantined,
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
                var isStrange = (id != pointer || mayBeGone) && answer.Refusal is StripeRefusal.ResourceMissing;
                // the account's own stays its own when its customer was deleted and replaced
                if (
                    !isStrange
                    && answer.OrThrow() is { } subscription
                    && (id == pointer || subscription.CustomerId == customerId)
                )
                {
                    read.Add(subscription);
                }
            }
            catch (StripeShapeException) when (id != pointer)
            {
                quarantined.Add(id); // the events that name it are quarantined, and no others
            }
        }

        return read;
    }

    private async Task<IReadOnlyList<StripeInvoice>> ReadInvoicesAsync(
        StripeSubscription? current,
        IReadOnlyList<StripeSubscription> candidates,
        SubscriptionState before,
        IReadOnlyList<ClaimedEvent> events,
        HashSet<string> quarantined,
        CancellationToken cancellationToken
    )
    {
        // those that may have paid for more than is known: as a rule none
        var others = candidates
            .Where(other => other.Id != current?.Id && InvoicesToList.MayExceed(other, before.PaidThrough))
            .ToList();
        var found = others
            .Append(current)
            .Select(candidate => candidate?.LatestInvoice)
            .OfType<StripeInvoice>()
            .ToDictionary(invoice => invoice.Id);
        await ReadNamedInvoicesAsync(found, events, quarantined, cancellationToken);
        if (current is not null)
        {
            foreach (var status in InvoicesToList.Of(current, before.PaidThrough, found.Values))
            {
                await ListInvoicesAsync(current, status, found, cancellationToken);
            }
        }

        foreach (var other in others)
        {
            var known = StripeFacts.PaidThrough(found.Values, [.. candidates.Select(candidate => candidate.Id)]);
            var paidThrough = known is null || before.PaidThrough > known ? before.PaidThrough : known;
            if (InvoicesToList.MissesPaidTime(other, paidThrough, found.Values))
            {
                await ListInvoicesAsync(other, "paid", found, cancellationToken);
            }
        }

        return [.. found.Values];
    }

    private async Task ReadNamedInvoicesAsync(
        Dictionary<string, StripeInvoice> found,
        IReadOnlyList<ClaimedEvent> events,
        HashSet<string> quarantined,
        CancellationToken cancellationToken
    )
    {
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
                quarantined.Add(id); // the events that name it are quarantined, and no others
            }
        }
    }

    private async Task ListInvoicesAsync(
        StripeSubscription subscription,
        string status,
        Dictionary<string, StripeInvoice> found,
        CancellationToken cancellationToken
    )
    {
        await budget.SpendAsync(cancellationToken);
        foreach (var invoice in (await stripe.ListInvoices(subscription.Id, status, cancellationToken)).OrThrow())
        {
            found[invoice.Id] = invoice;
        }
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
