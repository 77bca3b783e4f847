using Microsoft.EntityFrameworkCore;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Changes;

/// <summary>The account's subscription, read from Stripe now, or why it cannot be changed.</summary>
internal sealed class FindChangeable(
    IDbContextFactory<TollgateDb> contexts,
    StripeClient stripe,
    PriceBook prices,
    TollgateOptions options
)
{
    public async Task<Outcome<Changeable>> RunAsync(AccountId account, CancellationToken cancellationToken)
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
            { ScheduleId: not null } => new ChangeScheduled(options.SettingsUrl),
            _ => Changeable.Of(subscription, prices) is { } changeable ? changeable : new SubscriptionNotRecognised(),
        };
}
