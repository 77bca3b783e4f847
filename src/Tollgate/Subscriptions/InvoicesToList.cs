using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// Which invoices of a subscription have to be listed, beside its latest one and those that events name.
/// </summary>
internal static class InvoicesToList
{
    /// <summary>Their statuses, one after the other.</summary>
    /// <param name="known">What was read so far; it grows by each list before the next is decided.</param>
    public static IEnumerable<string> Of(
        StripeSubscription current,
        SubscriptionState before,
        IReadOnlyCollection<StripeInvoice> known
    )
    {
        if (current.Status is "past_due" or "unpaid")
        {
            yield return "open"; // the episode began with the earliest of them
        }

        if (current.Status is not ("incomplete" or "incomplete_expired") && MissesPaidTime(current, before, known))
        {
            yield return "paid";
        }
    }

    // Time that is neither paid, as far as we know, nor billed by what we have: a renewal's events may have been lost,
    // and the latest invoice may be a proration or the next renewal's now.
    private static bool MissesPaidTime(
        StripeSubscription current,
        SubscriptionState before,
        IReadOnlyCollection<StripeInvoice> known
    )
    {
        var paidThrough = known
            .Where(invoice => invoice.Status == "paid")
            .SelectMany(invoice => StripeFacts.BaseLines(invoice, current.Id))
            .Select(line => (DateTimeOffset?)line.PeriodEnd)
            .Append(before.SubscriptionId == current.Id ? before.PaidThrough : null)
            .Max();
        var isBilled = known
            .Where(invoice => invoice.Status is "draft" or "open")
            .SelectMany(invoice => StripeFacts.BaseLines(invoice, current.Id))
            .Any(line => line.PeriodStart <= paidThrough);
        return !isBilled && (paidThrough is null || current.Items.Any(item => item.CurrentPeriodEnd > paidThrough));
    }
}
