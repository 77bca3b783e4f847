using System.Globalization;
using Tollgate.Catalog;
using Tollgate.Outbox;

namespace Tollgate.Subscriptions;

/// <summary>The effects of the step from one state to the next.</summary>
internal static class ProjectedEffects
{
    public static IEnumerable<Effect> Between(
        SubscriptionState before,
        SubscriptionState after,
        StripeFacts facts,
        PlanCatalog catalog
    )
    {
        if (after.Plan is { } begun && begun != before.Plan)
        {
            yield return new PlanActivated(Key(after.SubscriptionId, begun, after.PaidThrough), begun, after.Seats);
        }

        if (before.Plan is { } ended && after.Plan is null)
        {
            var key = Key(after.SubscriptionId, ended, after.PaidThrough);
            yield return RefundOrDispute.ThatEndsAccess(after, catalog) is { } found
                // the same paid time may end again, when it is over
                ? new AccessEnded($"{key}:{found.Id}", ended, "payment_refunded_or_disputed")
                : new AccessEnded(key, ended, after.PastDueSince is null ? "subscription_ended" : "payment_failed");
        }

        if (before.PastDueSince is null && after.PastDueSince is { } since && before.Plan is not null)
        {
            yield return new PaymentFailed(SubscriptionProjection.Unix(since), since, since + catalog.Grace);
        }

        if (before.PastDueSince is { } failed && after is { PastDueSince: null, Status: SubscriptionStatus.Active })
        {
            yield return new PaymentRecovered(SubscriptionProjection.Unix(failed), after.PaidThrough);
        }

        foreach (var invoice in facts.ActionRequired.Where(invoice => invoice.Status == "open"))
        {
            yield return new PaymentActionRequired(invoice.Id, invoice.HostedInvoiceUrl);
        }

        foreach (var alert in AlertsOf(after, facts))
        {
            yield return alert;
        }

        if (after.Version != before.Version)
        {
            yield return new SubscriptionChanged(
                after.Version.ToString(CultureInfo.InvariantCulture),
                catalog.PlanOrNone(before.Plan).Id,
                catalog.PlanOrNone(after.Plan).Id,
                after.Version
            );
        }
    }

    // raised again by each sync while it holds, which is the same alert
    private static IEnumerable<AlertRaised> AlertsOf(SubscriptionState after, StripeFacts facts)
    {
        if (facts.SecondLive is { } second)
        {
            yield return new AlertRaised(
                $"{EventOutcomes.DoubleBilling}:{second.Id}",
                EventOutcomes.DoubleBilling,
                second.Id
            );
        }

        if (facts.Subscription is { } current && InvoiceToPay.IsDraftForGood(current))
        {
            var draft = current.LatestInvoice!.Id;
            yield return new AlertRaised($"{EventOutcomes.UnpaidDraft}:{draft}", EventOutcomes.UnpaidDraft, draft);
        }

        foreach (var stale in facts.Stale ?? [])
        {
            yield return new AlertRaised($"{stale.AlertReason}:{stale.Reason}", stale.AlertReason, stale.Reason);
        }

        foreach (var dispute in after.RefundsAndDisputes.Where(found => found.IsOpenDispute))
        {
            yield return new AlertRaised(
                $"{EventOutcomes.PaymentDisputed}:{dispute.Id}",
                EventOutcomes.PaymentDisputed,
                dispute.Id
            );
        }
    }

    private static string Key(string? subscriptionId, string plan, DateTimeOffset? paidThrough) =>
        $"{subscriptionId}:{plan}:{SubscriptionProjection.Unix(paidThrough)}";
}
