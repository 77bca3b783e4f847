using Tollgate.Inbox;

namespace Tollgate.Subscriptions;

/// <summary>
/// Stripe's answer is older than an event: what the event says for good (an invoice is paid, a subscription is
/// canceled) is not in it yet. Nothing may rest on such an answer; the events wait, and Stripe is asked again.
/// </summary>
internal sealed class StripeBehindException(ClaimedEvent ahead)
    : Exception($"Stripe's answer does not know yet what {ahead.EventId} ({ahead.Type}) says of {ahead.ObjectId}.")
{
    /// <exception cref="StripeBehindException">An event is ahead of the facts.</exception>
    public static void ThrowIfAhead(IReadOnlyList<ClaimedEvent> events, StripeFacts facts)
    {
        if (events.FirstOrDefault(claimed => IsAhead(claimed, facts)) is { } ahead)
        {
            throw new StripeBehindException(ahead);
        }
    }

    private static bool IsAhead(ClaimedEvent claimed, StripeFacts facts) =>
        EventRoutes.Find(claimed.Type) switch
        {
            _ when claimed.ObjectId is { } id && facts.QuarantinedObjects.Contains(id) => false, // to be quarantined
            { SettlesInvoice: true } => !facts.Invoices.Any(invoice =>
                invoice.Id == claimed.ObjectId && invoice.Status == "paid"
            ),
            { EndsSubscription: true } => facts.Subscription is { Status: not ("canceled" or "incomplete_expired") } one
                && one.Id == claimed.ObjectId,
            _ => false,
        };
}
