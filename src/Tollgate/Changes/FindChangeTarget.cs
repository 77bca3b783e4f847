using Microsoft.EntityFrameworkCore;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Changes;

/// <summary>
/// The account's subscription, read from Stripe now, or why it cannot be changed. Reading writes nothing at Stripe.
/// </summary>
internal sealed class FindChangeTarget(
    IDbContextFactory<TollgateDb> contexts,
    StripeClient stripe,
    PriceBook prices,
    TollgateOptions options
)
{
    /// <summary>For a change now, which a schedule forbids unless it has done its work.</summary>
    internal async Task<Outcome<ChangeTarget>> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(account, cancellationToken);
        return found.Value is { IsSteered: true } ? new ChangeScheduled(options.SettingsUrl) : found;
    }

    /// <summary>Whether or not a schedule steers it.</summary>
    internal async Task<Outcome<ChangeTarget>> ReadAsync(AccountId account, CancellationToken cancellationToken)
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

        var judged = await JudgeAsync(read.Value, cancellationToken);
        return judged.Value is not { Subscription.ScheduleId: { } schedule } subject
            ? judged
            : subject with
            {
                Arranged = await db.Set<ScheduledChange>()
                    .AsNoTracking()
                    .SingleOrDefaultAsync(
                        row => row.AccountId == account && row.ScheduleId == schedule,
                        cancellationToken
                    ),
            };
    }

    /// <summary>
    /// Lets go of a schedule that has done its work and only stands in the way of the next change. Whoever calls holds
    /// the account's lease.
    /// </summary>
    /// <returns>Null when the subscription is free.</returns>
    internal async Task<Refusal?> FreeAsync(ChangeTarget subject, CancellationToken cancellationToken)
    {
        if (subject is not { Subscription.ScheduleId: { } schedule, Arranged: { } arranged })
        {
            return null;
        }

        var released = await stripe
            .With(StripePatience.Interactive)
            .ReleaseSchedule(schedule, arranged.Key("release"), cancellationToken);
        return released.Refusal is { } refusal ? new StripeSaidNo(refusal) : null;
    }

    private async Task<Outcome<ChangeTarget>> JudgeAsync(
        StripeSubscription subscription,
        CancellationToken cancellationToken
    ) =>
        PaymentOutstanding.IsPaymentOutstanding(subscription.Status)
            ? await FindWayToPayAsync(subscription, cancellationToken)
        : subscription.Status is not ("active" or "trialing") ? new NoSubscription(options.UpgradeUrl)
        : ChangeTarget.Of(subscription, prices) is { } target ? target
        : new SubscriptionNotRecognised();

    // the purchase of a plan finalizes a draft and leads to it; here nothing is written
    private async Task<Refusal> FindWayToPayAsync(StripeSubscription subscription, CancellationToken cancellationToken)
    {
        var found = await InvoiceToPay.FindAsync(subscription, stripe, cancellationToken);
        return found.Refusal is { } refusal ? new StripeSaidNo(refusal)
            : found.Value.Draft is not null ? new PaymentOutstanding(options.SettingsUrl, options.UpgradeUrl)
            : found.Value.Page is null && subscription.Status == "unpaid" ? new NoSubscription(options.UpgradeUrl)
            : new PaymentOutstanding(options.SettingsUrl, found.Value.Page);
    }
}
