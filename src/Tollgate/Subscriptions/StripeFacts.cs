using System.Collections.Frozen;
using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>What Stripe said when it was asked about an account.</summary>
/// <param name="Subscription">The account's current one; null when there is none.</param>
/// <param name="Invoices">Those that were read, with all the lines that matter.</param>
/// <param name="ActionRequired">Invoices that events said the customer must confirm.</param>
/// <param name="SecondLive">Another subscription of the customer that takes money, too.</param>
/// <param name="Entitlements">Lookup keys of the granted features; null when they were not read.</param>
internal sealed record StripeFacts(
    StripeSubscription? Subscription,
    IReadOnlyList<StripeInvoice> Invoices,
    IReadOnlyList<StripeInvoice> ActionRequired,
    StripeSubscription? SecondLive,
    IReadOnlyList<string>? Entitlements
)
{
    public static readonly StripeFacts None = new(null, [], [], null, null);

    /// <summary>Objects that events named and that this version cannot read: those events are quarantined.</summary>
    public IReadOnlySet<string> QuarantinedObjects { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Refunds and disputes, the oldest first; null when it was not read.</summary>
    public IReadOnlyList<RefundOrDispute>? RefundsAndDisputes { get; init; }

    /// <summary>
    /// Of what gates nothing by itself, the parts that could not be read: they stay as they were. Null when no part was
    /// asked for.
    /// </summary>
    public IReadOnlyList<StaleRead>? Stale { get; init; }

    /// <summary>All of the customer's subscriptions were read.</summary>
    public bool HasSeenAll { get; init; }

    /// <summary>When Stripe was asked: what it said may be older than its answer, and not younger.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Ids of the customer's other subscriptions: what was paid on them counts too (decision S1).</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>In a line, for whoever has to explain the account.</summary>
    public string ToText() =>
        Subscription is null
            ? "no subscription"
            : string.Join(
                "; ",
                Invoices
                    .Select(invoice => $"{invoice.Id} {invoice.Status}, attempt {invoice.AttemptCount}")
                    .Prepend(
                        $"{Subscription.Id} {Subscription.Status}, "
                            + string.Join(
                                " and ",
                                Subscription.Items.Select(item => $"{item.Quantity} x {item.PriceId}")
                            )
                    )
            );

    /// <summary>The latest end of a paid base line of these subscriptions; null when none is known.</summary>
    public static DateTimeOffset? PaidThrough(
        IEnumerable<StripeInvoice> invoices,
        IReadOnlyCollection<string> subscriptionIds
    ) =>
        invoices
            .Where(invoice => invoice.Status == "paid")
            .SelectMany(invoice => subscriptionIds.SelectMany(id => BaseLines(invoice, id)))
            .Max(line => (DateTimeOffset?)line.PeriodEnd);

    /// <summary>Lines of the subscription's own period: not prorations, not one-off items.</summary>
    public static IEnumerable<StripeInvoiceLine> BaseLines(StripeInvoice invoice, string subscriptionId) =>
        invoice.Lines.Where(line => !line.IsProration && line.SubscriptionId == subscriptionId);
}
