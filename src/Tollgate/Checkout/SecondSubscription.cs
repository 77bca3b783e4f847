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

        var interactive = stripe.With(StripePatience.Interactive);
        var read = await interactive.GetSubscription(live.SubscriptionId!, cancellationToken);
        if (read.Refusal is { } unread)
        {
            return new StripeSaidNo(unread);
        }

        var found = await InvoiceToPay.FindAsync(read.Value, stripe, cancellationToken);
        if (found.Refusal is { } unlisted)
        {
            return new StripeSaidNo(unlisted);
        }

        if (found.Value.Draft is { } draft)
        {
            var finalized = await interactive.FinalizeInvoice(
                draft,
                new IdempotencyKey($"finalize-{draft}"),
                cancellationToken
            );
            return finalized.Refusal is { } refusal
                ? new StripeSaidNo(refusal)
                : new PaymentOutstanding(options.SettingsUrl, PageOf(finalized.Value));
        }

        return found.Value.Page is null && read.Value.Status == "unpaid"
            ? null
            : new PaymentOutstanding(options.SettingsUrl, found.Value.Page);
    }

    private static Uri? PageOf(StripeInvoice invoice) => invoice.HostedInvoiceUrl is { } page ? new Uri(page) : null;
}
