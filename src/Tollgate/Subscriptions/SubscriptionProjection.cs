using System.Globalization;
using Tollgate.Catalog;
using Tollgate.Outbox;
using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// What Stripe says + catalog + now -> state, effects and the next deadline. Pure, and idempotent: the same facts on
/// the state they made give the same state and no effect.
/// </summary>
internal static class SubscriptionProjection
{
    public static Projection Project(
        SubscriptionState before,
        StripeFacts facts,
        PlanCatalog catalog,
        PriceBook prices,
        DateTimeOffset now
    )
    {
        var after = before.WithoutEndedOverride(now);
        if (facts.Subscription is { } subscription)
        {
            if (StatusNames.FromStripe(subscription.Status) is not { } status)
            {
                return Quarantined("unknown_status", subscription.Status, subscription.Id);
            }

            var known = subscription.Items.Where(item => prices.TryRecognise(item.PriceId, out _)).ToList();
            if (known is not [var item])
            {
                return known.Count == 0
                    ? Quarantined(
                        "unknown_price",
                        string.Join(',', subscription.Items.Select(unknown => unknown.PriceId)),
                        subscription.Id
                    )
                    : Quarantined("several_base_items", subscription.Id, subscription.Id);
            }

            if (item.Quantity is not (>= 0 and <= int.MaxValue))
            {
                return Quarantined("no_quantity", subscription.Id, subscription.Id);
            }

            after = Read(after, subscription, item, status, facts, prices, now) with
            {
                AddOns =
                [
                    .. subscription
                        .Items.Where(other => other != item)
                        .Select(other => HeldAddOn.Of(other, catalog))
                        .OrderBy(held => held.Id, StringComparer.Ordinal),
                ],
            };
        }

        after = after with
        {
            Entitlements = Entitlements(before, facts, catalog),
            RefundsAndDisputes = facts.RefundsAndDisputes is { } read ? [.. read] : before.RefundsAndDisputes,
            Stale = facts.Stale is { } stale ? [.. stale.Select(one => one.Part)] : before.Stale,
            VerifiedAt = facts.AskedAt ?? now,
        };
        after = after with { Status = StatusNow(after, catalog) };
        after = after with { Plan = PlanNow(after, catalog, prices, now) };
        after = after with { Version = after.HasSameContentAs(before) ? before.Version : before.Version + 1 };
        return new Projection.Projected(
            after,
            ProjectedEffects.Between(before, after, facts, catalog).ToList(),
            Earliest(NextDeadline.After(after, catalog, now), now + StaleRead.RetryAfter(facts.Stale))
        );
    }

    private static SubscriptionState Read(
        SubscriptionState before,
        StripeSubscription subscription,
        StripeSubscriptionItem item,
        SubscriptionStatus status,
        StripeFacts facts,
        PriceBook prices,
        DateTimeOffset now
    )
    {
        var invoices = facts.Invoices;
        var paidThrough = Latest(
            before.PaidThrough,
            StripeFacts.PaidThrough(invoices, [subscription.Id, .. facts.Others])
        );
        return before with
        {
            SubscriptionId = subscription.Id,
            StripeStatus = subscription.Status,
            Status = status,
            PriceId = item.PriceId,
            BillingInterval = prices.TryRecognise(item.PriceId, out var price) ? price.Price.Interval : null,
            Currency = subscription.Currency,
            Seats = checked((int)item.Quantity!.Value),
            PaidThrough = paidThrough,
            PastDueSince = status is SubscriptionStatus.PastDue or SubscriptionStatus.Unpaid
                ? Earliest(
                    OpenEpisode(before, subscription.Id, paidThrough),
                    FirstFailure(subscription.Id, invoices, now)
                )
                : null,
            TrialEndsAt = subscription.Status == "trialing" ? subscription.TrialEnd : null,
            ScheduleId = subscription.ScheduleId,
            PendingChange = PendingChange.Of(subscription, item),
            EndsAt =
                status is SubscriptionStatus.Canceled
                    ? null
                    : subscription.CancelAt ?? (subscription.CancelAtPeriodEnd ? item.CurrentPeriodEnd : null),
        };
    }

    // A period whose payment was refunded or lost to a dispute is not paid for, whatever the subscription says of
    // itself.
    private static SubscriptionStatus? StatusNow(SubscriptionState state, PlanCatalog catalog) =>
        state.Status is SubscriptionStatus.Active or SubscriptionStatus.PastDue
        && RefundOrDispute.ThatEndsAccess(state, catalog) is not null
            ? SubscriptionStatus.Unpaid
            : state.Status;

    // Only an invoice that covers a base period starts a grace, and a rebuild from Stripe finds the same instant again.
    private static DateTimeOffset? FirstFailure(
        string subscriptionId,
        IReadOnlyList<StripeInvoice> invoices,
        DateTimeOffset now
    ) =>
        invoices
            .Where(invoice => invoice.Status == "open")
            .Where(invoice => StripeFacts.BaseLines(invoice, subscriptionId).Any())
            .Min(invoice => FailureOf(invoice, now));

    // One that is sent is not charged by itself: what fails to come is the money, once it is due.
    private static DateTimeOffset? FailureOf(StripeInvoice invoice, DateTimeOffset now) =>
        invoice.DueDate is { } due ? (due <= now ? due : null)
        : invoice.AttemptCount > 0 ? invoice.FinalizedAt
        : null;

    // Only money ends an episode (decision S2): an invoice that is written off, or the next period's, begins no other.
    private static DateTimeOffset? OpenEpisode(
        SubscriptionState before,
        string subscriptionId,
        DateTimeOffset? paidThrough
    ) => before.SubscriptionId == subscriptionId && before.PaidThrough == paidThrough ? before.PastDueSince : null;

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other ?? one : one;

    // An account without access has no entitlement either, whatever the list still says (decision S14, in the gate).
    private static string[] Entitlements(SubscriptionState before, StripeFacts facts, PlanCatalog catalog) =>
        facts.Entitlements is { } read
            ? [.. read.Select(catalog.FeatureOf).OfType<string>().Order(StringComparer.Ordinal)]
            : before.Entitlements;

    private static string? PlanNow(
        SubscriptionState state,
        PlanCatalog catalog,
        PriceBook prices,
        DateTimeOffset now
    ) =>
        now < AccessPeriod.EndOf(state, catalog)
        && state.PriceId is { } priceId
        && prices.TryRecognise(priceId, out var price)
            ? price.Plan.Id
            : null;

    private static Projection.Quarantined Quarantined(string reason, string detail, string subscriptionId) =>
        new(reason, detail.Length <= 200 ? detail : detail[..200], subscriptionId);

    internal static string Unix(DateTimeOffset? time) =>
        time?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? "none";
}

/// <summary>What comes out of the projection.</summary>
internal abstract record Projection
{
    private Projection() { }

    /// <summary>What Stripe said, in a line for people.</summary>
    public string Facts { get; init; } = "nothing";

    /// <param name="NextDueAt">When time alone will change something, in billing time; null for never.</param>
    public sealed record Projected(SubscriptionState After, IReadOnlyList<Effect> Effects, DateTimeOffset? NextDueAt)
        : Projection;

    /// <summary>
    /// Stripe said something that the catalog or this version does not know: nothing changes (decision W6).
    /// </summary>
    /// <param name="SubscriptionId">The one that cannot be projected; null when even that is not known.</param>
    public sealed record Quarantined(string Reason, string Detail, string? SubscriptionId) : Projection;
}
