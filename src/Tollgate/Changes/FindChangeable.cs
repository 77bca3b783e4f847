using Microsoft.EntityFrameworkCore;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Changes;

/// <summary>The account's subscription, read from Stripe now, or why it cannot be changed.</summary>
public sealed class FindChangeable(
    IDbContextFactory<TollgateDb> contexts,
    StripeClient stripe,
    PriceBook prices,
    TollgateOptions options
)
{
    /// <summary>For a change now, which a schedule forbids unless it has done its work.</summary>
    internal async Task<Outcome<Changeable>> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(account, cancellationToken);
        if (found.Value is not { Subscription.ScheduleId: { } schedule } subject)
        {
            return found;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var arranged = await db.Set<ScheduledChange>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account && row.ScheduleId == schedule, cancellationToken);
        if (arranged?.Price != subject.Price.Price.Alias)
        {
            return new ChangeScheduled(options.SettingsUrl);
        }

        // what was arranged has come, and the schedule only stands in the way of the next change
        var released = await stripe
            .With(StripePatience.Interactive)
            .ReleaseSchedule(schedule, arranged.Key("release"), cancellationToken);
        return released.Refusal is { } refusal ? new StripeSaidNo(refusal) : found;
    }

    /// <summary>Whether or not a schedule steers it.</summary>
    internal async Task<Outcome<Changeable>> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var state = await db.Set<SubscriptionState>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account, cancellationToken);
        if (state?.SubscriptionId is not { } subscriptionId)
        {
            return new NoSubscription(options.UpgradeUrl);
        }

        var read = await stripe.With(StripePatience.Interactive).GetSubscription(subscriptionId, cancellationToken);
        if (read.Refusal is { } refusal)
        {
            return refusal is StripeRefusal.ResourceMissing
                ? new NoSubscription(options.UpgradeUrl)
                : new StripeSaidNo(refusal);
        }

        return Judge(read.Value);
    }

    private Outcome<Changeable> Judge(StripeSubscription subscription) =>
        subscription switch
        {
            { Status: "past_due" or "unpaid" } => new PaymentOutstanding(options.SettingsUrl),
            { Status: not ("active" or "trialing") } => new NoSubscription(options.UpgradeUrl),
            _ => Changeable.Of(subscription, prices) is { } changeable ? changeable : new SubscriptionNotRecognised(),
        };
}
