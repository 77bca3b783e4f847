using Tollgate.Catalog;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Checkout;

/// <summary>Why an account with a subscription is not sold another one, and what to do instead.</summary>
internal sealed class SecondSubscription(StripeClient stripe, PlanCatalog catalog, TollgateOptions options)
{
    /// <summary>
    /// Live is whatever may still take money (decision S11), and a bound subscription that was not looked at yet. One
    /// that is paused since its trial takes none.
    /// </summary>
    public static bool IsLive(SubscriptionState state) =>
        state is { SubscriptionId: not null, Status: not SubscriptionStatus.Canceled, StripeStatus: not "paused" };

    public AlreadySubscribed Refuse(string plan, bool isEnding) => new(plan, isEnding, options.SettingsUrl);

    public async Task<Refusal> RefuseAsync(SubscriptionState live, CancellationToken cancellationToken)
    {
        if (!PaymentOutstanding.IsOwedBy(live.StripeStatus))
        {
            return Refuse(catalog.PlanOrNone(live.Plan).Id, isEnding: live.EndsAt is not null);
        }

        var read = await stripe
            .With(StripePatience.Interactive)
            .GetSubscription(live.SubscriptionId!, cancellationToken);
        return read.IsRefused
            ? new PaymentOutstanding(options.SettingsUrl, PaymentUrl: null)
            : await PaymentOutstanding.OfAsync(read.Value, stripe, options.SettingsUrl, cancellationToken);
    }
}
