using Tollgate.Stripe;

namespace Tollgate.Lifecycle;

/// <summary>
/// Stripe's side of closing an account: first nothing can be paid any more, then nothing takes money, and only then
/// are the customers erased. Each step may be repeated after any crash.
/// </summary>
internal sealed class CloseAtStripe(StripeClient stripe)
{
    /// <summary>What still takes money or could be paid.</summary>
    public async Task<StripeAnswer<LiveAtStripe>> FindAsync(
        IReadOnlyList<string> customers,
        CancellationToken cancellationToken
    )
    {
        var live = new LiveAtStripe([], [], []);
        foreach (var id in customers)
        {
            var customer = await stripe.GetCustomer(id, cancellationToken);
            if (
                customer.Refusal is StripeRefusal.ResourceMissing
                || customer is { IsRefused: false, Value.Deleted: true }
            )
            {
                continue; // Stripe ended all of theirs with them
            }

            if (customer.Refusal is { } refusal)
            {
                return refusal;
            }

            var sessions = await stripe.ListOpenCheckoutSessions(id, cancellationToken);
            if (sessions.Refusal is { } noSessions)
            {
                return noSessions;
            }

            var subscriptions = await stripe.ListSubscriptions(id, cancellationToken);
            if (subscriptions.Refusal is { } noSubscriptions)
            {
                return noSubscriptions;
            }

            live.Customers.Add(id);
            live.Sessions.AddRange(sessions.Value.Select(session => session.Id));
            live.Paying.AddRange(subscriptions.Value.Where(IsLive).Select(subscription => subscription.Id));
        }

        return live;
    }

    /// <summary>Null when Stripe confirms that nothing is left; else why it is not so.</summary>
    public async Task<Refusal?> EndAsync(
        IReadOnlyList<string> customers,
        string why,
        CancellationToken cancellationToken
    )
    {
        // sessions first: one that was paid before it could be closed has made a subscription, which is found after it
        var found = await FindAsync(customers, cancellationToken);
        foreach (var session in found.Refusal is null ? found.Value.Sessions : [])
        {
            var key = new IdempotencyKey($"expire-{session}");
            await stripe.ExpireCheckoutSession(session, key, cancellationToken);
        }

        found = await FindAsync(customers, cancellationToken);
        foreach (var subscription in found.Refusal is null ? found.Value.Paying : [])
        {
            await stripe.CancelSubscription(subscription, why, cancellationToken);
        }

        // what each call answered matters less than what is so
        var left = await FindAsync(customers, cancellationToken);
        return left.Refusal is { } refusal ? new StripeSaidNo(refusal)
            : left.Value is { Sessions: [], Paying: [] } ? null
            : new StillLive([.. left.Value.Sessions, .. left.Value.Paying]);
    }

    /// <summary>Takes names and addresses away, then deletes the customers and with them their cards.</summary>
    public async Task<StripeRefusal?> EraseAsync(IReadOnlyList<string> customers, CancellationToken cancellationToken)
    {
        var nobody = new CustomerParams
        {
            Name = "",
            Email = "",
            Phone = "",
            Description = "",
        };
        foreach (var id in customers)
        {
            var blank = await stripe.UpdateCustomer(id, nobody, IdempotencyKey.Unrepeated(), cancellationToken);
            if (blank.Refusal is { } refusal and not StripeRefusal.ResourceMissing)
            {
                return refusal;
            }

            var deleted = await stripe.DeleteCustomer(id, cancellationToken);
            if (deleted.Refusal is { } no and not StripeRefusal.ResourceMissing)
            {
                return no;
            }
        }

        return null;
    }

    private static bool IsLive(StripeSubscription subscription) =>
        subscription.Status is not ("canceled" or "incomplete_expired");
}

/// <summary>What an account has at Stripe that still takes money or could be paid.</summary>
/// <param name="Customers">Those that are not deleted.</param>
/// <param name="Paying">Subscriptions that are not over.</param>
internal sealed record LiveAtStripe(List<string> Customers, List<string> Sessions, List<string> Paying);

/// <summary>Stripe does not confirm that nothing takes money any more, so nothing was erased.</summary>
internal sealed record StillLive(IReadOnlyList<string> StripeIds)
    : Refusal(
        ProblemCodes.StillLive,
        502,
        "Stripe still has something that takes money.",
        $"Nothing was erased. Look at {string.Join(", ", StripeIds)}, and close again."
    );
