using System.Text.Json.Nodes;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.TestClocks;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// When a document next changes by itself, in unix seconds of the clock it lives by; null if never.
/// </summary>
internal static class DueTime
{
    /// <summary>Stripe expires a subscription whose first invoice stays unpaid for this long.</summary>
    public const long IncompleteSeconds = 23 * 3600;

    /// <summary>Whether documents of a kind ever change by themselves.</summary>
    public static bool IsOf(string kind) =>
        kind
            is "checkout.session"
                or "subscription"
                or "invoice"
                or ScheduleDocument.Kind
                or TestClock.Kind
                or Delivery.Kind
                or IdempotentReplay.Kind;

    public static long? Of(JsonObject document) =>
        document.Kind() switch
        {
            "checkout.session" => document.Text("status") == "open" ? document.Int("expires_at") : null,
            "subscription" => OfSubscription(document),
            "invoice" => OfInvoice(document),
            ScheduleDocument.Kind => ScheduleDue.At(document),
            TestClock.Kind => TestClock.DueAt(document),
            Delivery.Kind => document.IntOrNull("due"),
            IdempotentReplay.Kind => document.Int("created") + IdempotentReplay.KeptSeconds,
            _ => null,
        };

    private static long? OfSubscription(JsonObject subscription) =>
        subscription.Text("status") switch
        {
            "incomplete" => subscription.Int("created") + IncompleteSeconds,
            "active" or "past_due" or "unpaid" or "trialing" => Earliest(
                SubscriptionDocument.PeriodEnd(subscription),
                subscription.IntOrNull("cancel_at"),
                PauseCollection.ResumesAt(subscription),
                UpcomingInvoice.AnnouncesAt(subscription),
                Trial.WarnsAt(subscription),
                PendingUpdate.ExpiresAt(subscription)
            ),
            _ => null,
        };

    private static long? OfInvoice(JsonObject invoice) =>
        invoice.Text("status") switch
        {
            "draft" when invoice.Flag("auto_advance") => invoice.IntOrNull("automatically_finalizes_at"),
            "open" => invoice.IntOrNull("next_payment_attempt") ?? SendInvoice.OverdueAt(invoice),
            _ => null,
        };

    private static long Earliest(long always, params ReadOnlySpan<long?> others)
    {
        var earliest = always;
        foreach (var other in others)
        {
            earliest = Math.Min(earliest, other ?? long.MaxValue);
        }

        return earliest;
    }
}
