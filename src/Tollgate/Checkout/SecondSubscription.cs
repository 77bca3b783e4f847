using Tollgate.Catalog;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Checkout;

/// <summary>Why an account with a subscription is not sold another one, and what to do instead.</summary>
internal sealed class SecondSubscription(StripeClient stripe, PlanCatalog catalog, TollgateOptions options)
{
    /// <summary>
    /// Live is whatever may still take money (decision S11), and a bound subscription that was not synced yet. One
    /// that is paused since its trial takes none.
    /// </summary>
    public static bool IsLive(SubscriptionState state) =>
        state is { SubscriptionId: not null, Status: not SubscriptionStatus.Canceled, StripeStatus: not "paused" };

    public AlreadySubscribed Refuse(string plan, bool isEnding) => new(plan, isEnding, options.SettingsUrl);

    /// <summary>
    /// What is outstanding is paid first: an unpaid subscription's draft is finalized, so that there is a page to pay
    /// it on. Whoever calls holds the account's lease.
    /// </summary>
    /// <returns>Null for an unpaid subscription of which nothing can be paid any more: only another brings the customer
    /// back.</returns>
    public async Task<Refusal?> FindReasonAsync(SubscriptionState live, CancellationToken cancellationToken)
    {
        if (!PaymentOutstanding.IsPaymentOutstanding(live.StripeStatus))
        {
            return Refuse(catalog.PlanOrNone(live.Plan).Id, isEnding: live.EndsAt is not null);
        }

        var read = await stripe
            .With(StripePatience.Interactive)
            .GetSubscription(live.SubscriptionId!, cancellationToken);
        if (read.Refusal is { } unread)
        {
            return new StripeSaidNo(unread);
        }

        var prepared = await InvoiceToPay.PrepareAsync(read.Value, stripe, cancellationToken);
        return prepared.Refusal is { } refusal ? new StripeSaidNo(refusal)
            : prepared.Value.Page is null && read.Value.Status == "unpaid" ? null
            : new PaymentOutstanding(options.SettingsUrl, prepared.Value.Page);
    }
}
