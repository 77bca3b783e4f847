using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// Which invoice of a subscription that is past due, unpaid or incomplete is to be paid. Stripe takes the latest one's
/// payment as the subscription's way back; of an unpaid subscription that may be a draft, which nobody can pay yet.
/// </summary>
/// <param name="Page">Stripe's page of it; null where none is open.</param>
/// <param name="Draft">The latest one's id while Stripe leaves it a draft for good.</param>
internal sealed record InvoiceToPay(Uri? Page, string? Draft)
{
    public static async Task<StripeAnswer<InvoiceToPay>> FindAsync(
        StripeSubscription subscription,
        StripeClient stripe,
        CancellationToken cancellationToken
    )
    {
        if (subscription.LatestInvoice is { Status: "open", HostedInvoiceUrl: { } latest })
        {
            return new InvoiceToPay(new Uri(latest), Draft: null);
        }

        if (IsDraftForGood(subscription))
        {
            return new InvoiceToPay(Page: null, subscription.LatestInvoice!.Id);
        }

        // the newest is a draft for an hour, or paid: an older one may be open still
        var listed = await stripe
            .With(StripePatience.Interactive)
            .ListInvoices(subscription.Id, "open", cancellationToken);
        return listed.Then(open =>
        {
            var page = open.Select(invoice => invoice.HostedInvoiceUrl).FirstOrDefault(url => url is not null);
            return new InvoiceToPay(page is null ? null : new Uri(page), Draft: null);
        });
    }

    /// <summary>
    /// The same, and a draft is finalized, so that there is a page to pay it on. Repeats finalize nothing twice.
    /// </summary>
    public static async Task<StripeAnswer<InvoiceToPay>> PrepareAsync(
        StripeSubscription subscription,
        StripeClient stripe,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(subscription, stripe, cancellationToken);
        if (found is not { IsRefused: false, Value.Draft: { } draft })
        {
            return found;
        }

        var finalized = await stripe
            .With(StripePatience.Interactive)
            .FinalizeInvoice(draft, new IdempotencyKey($"finalize-{draft}"), cancellationToken);
        return finalized.Then(invoice => new InvoiceToPay(
            invoice.HostedInvoiceUrl is { } page ? new Uri(page) : null,
            Draft: null
        ));
    }

    /// <summary>Stripe bills an unpaid subscription on, and finalizes none of it.</summary>
    public static bool IsDraftForGood(StripeSubscription subscription) =>
        subscription is { Status: "unpaid", LatestInvoice.Status: "draft" };
}
