using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Subscriptions;

namespace Tollgate.Sandbox.Invoices;

/// <summary>
/// <c>invoice.upcoming</c>: some days before a renewal is charged, the world sees what its invoice would be. A period
/// that is not longer than the notice has none, and a moment that has passed is not made up for.
/// </summary>
internal static class UpcomingInvoice
{
    /// <summary>Stripe lets the account choose the days; the Sandbox has a week.</summary>
    private const long NoticeSeconds = 7 * 24 * 3600;

    /// <summary>The end of the period whose renewal was announced, or is not to be.</summary>
    private const string Settled = "_upcoming_settled";

    /// <summary>When a subscription's renewal is to be announced; null if it was, or is not to be.</summary>
    public static long? AnnouncesAt(JsonObject subscription)
    {
        var end = SubscriptionDocument.PeriodEnd(subscription);
        return
            subscription.IntOrNull(Settled) != end
            && end - NoticeSeconds > SubscriptionDocument.PeriodStart(subscription)
            ? end - NoticeSeconds
            : null;
    }

    /// <summary>The period's end was moved so near that the notice would lie in the past.</summary>
    public static void SkipIfLate(JsonObject subscription, long now)
    {
        if (AnnouncesAt(subscription) <= now)
        {
            Settle(subscription);
        }
    }

    public static void Announce(Transaction tx, JsonObject subscription)
    {
        subscription = tx.Amend(subscription, Settle);
        if (IsChargedNext(subscription))
        {
            var preview = tx.Undone(scratch => PreviewInvoice.Of(scratch, subscription, details: null));
            // There is no such invoice yet, so that nothing can be asked about it by its id.
            preview.Remove("id");
            foreach (var line in preview.Listed("lines"))
            {
                line["invoice"] = null;
            }

            tx.Emit("invoice.upcoming", preview);
        }
    }

    private static void Settle(JsonObject subscription) =>
        subscription[Settled] = SubscriptionDocument.PeriodEnd(subscription);

    /// <summary>Whether the renewal will take money by itself.</summary>
    private static bool IsChargedNext(JsonObject subscription) =>
        subscription.Text("collection_method") == "charge_automatically"
        && subscription.Text("status") != "unpaid"
        && PauseCollection.BehaviorOf(subscription) is null
        && !(subscription.IntOrNull("cancel_at") <= SubscriptionDocument.PeriodEnd(subscription));
}
