using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// Which invoices of a subscription have to be listed, beside its latest one and those that events name.
/// </summary>
internal static class InvoicesToList
{
    /// <summary>Of the current one: their statuses, one after the other.</summary>
    /// <param name="paidThrough">What is known to be paid for on any of the account's subscriptions.</param>
    /// <param name="known">What was read so far; it grows by each list before the next is decided.</param>
    public static IEnumerable<string> Of(
        StripeSubscription current,
        DateTimeOffset? paidThrough,
        IReadOnlyCollection<StripeInvoice> known
    )
    {
        if (current.Status is "past_due" or "unpaid")
        {
            yield return "open"; // the episode began with the earliest of them
        }

        if (MissesPaidTime(current, paidThrough, known))
        {
            yield return "paid";
        }
    }

    /// <summary>False for one that can have paid for nothing beyond what is known.</summary>
    public static bool MayExceed(StripeSubscription subscription, DateTimeOffset? paidThrough) =>
        subscription.Status is not ("incomplete" or "incomplete_expired")
        && (paidThrough is null || subscription.Items.Any(item => item.CurrentPeriodEnd > paidThrough));

    /// <summary>
    /// Time that is neither paid, as far as we know, nor billed by what we have: a renewal's events may have been lost,
    /// and the latest invoice may be a proration or the next renewal's now.
    /// </summary>
    public static bool MissesPaidTime(
        StripeSubscription subscription,
        DateTimeOffset? paidThrough,
        IReadOnlyCollection<StripeInvoice> known
    )
    {
        var paid = StripeFacts.PaidThrough(known, [subscription.Id]);
        var latest = paid is null || paidThrough > paid ? paidThrough : paid;
        var isBilled = known
            .Where(invoice => invoice.Status != "paid")
            .SelectMany(invoice => StripeFacts.BaseLines(invoice, subscription.Id))
            .Any(line => line.PeriodStart <= latest && latest < line.PeriodEnd);
        return !isBilled && MayExceed(subscription, latest);
    }
}
