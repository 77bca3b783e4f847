using Tollgate.Catalog;

namespace Tollgate.Subscriptions;

/// <summary>A refund of a payment, or a dispute of one.</summary>
/// <param name="Id"><c>re_…</c> or <c>du_…</c></param>
/// <param name="ChargeId">The charge that it is about.</param>
/// <param name="Reason">As Stripe spells it: <c>requested_by_customer</c>, <c>fraudulent</c>.</param>
/// <param name="Status">As Stripe spells it: <c>succeeded</c>, <c>needs_response</c>, <c>won</c>.</param>
/// <param name="At">When it was made, in Stripe's time.</param>
public sealed record RefundOrDispute(
    string Id,
    string ChargeId,
    RefundOrDisputeKind Kind,
    Money Amount,
    string? Reason,
    string Status,
    DateTimeOffset At
)
{
    /// <summary>All of the charge was given back, at once or in parts.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The subscription whose period the charge had paid for; null if it paid for none.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>End of that period.</summary>
    public DateTimeOffset? PaidThrough { get; init; }

    /// <summary>A dispute that is not decided yet, a bank's inquiry too.</summary>
    internal bool IsOpenDispute =>
        Kind == RefundOrDisputeKind.Dispute && Status is not (Won or Lost or "warning_closed" or "prevented");

    private const string Won = "won";
    private const string Lost = "lost";

    /// <summary>
    /// What takes the period that is paid for from the account, by the catalog's terms; null if nothing does. What a
    /// later payment has paid for is not touched. Pure.
    /// </summary>
    internal static RefundOrDispute? ThatEndsAccess(SubscriptionState state, PlanCatalog catalog)
    {
        if (catalog.RefundsAndDisputes is not { } terms)
        {
            return null;
        }

        // every gate asks: without a closure, nothing is allocated
        foreach (var one in state.RefundsAndDisputes)
        {
            if (one.PaidThrough >= state.PaidThrough && one.IsOf(state) && one.EndsAccess(terms))
            {
                return one;
            }
        }

        return null;
    }

    // another subscription that lives is paid for by other money; once none lives, the latest paid time decides
    private bool IsOf(SubscriptionState state) =>
        SubscriptionId == state.SubscriptionId || state.StripeStatus is not ("active" or "trialing" or "past_due");

    // an inquiry has taken no money, and a status of which nothing is known ends nobody's access
    private bool EndsAccess(RefundAndDisputeTerms terms) =>
        Kind == RefundOrDisputeKind.Dispute
            ? terms.OnDispute == OnRefundOrDispute.EndAccess && Status is "needs_response" or "under_review" or Lost
            : terms.OnFullRefund == OnRefundOrDispute.EndAccess && IsWhole && Status is "succeeded" or "pending";

    /// <summary>In a line, for people.</summary>
    public override string ToString() =>
        $"{(Kind == RefundOrDisputeKind.Dispute ? "dispute" : "refund")} {Id} {Status}";
}

/// <summary>Which of the two it is.</summary>
public enum RefundOrDisputeKind
{
    /// <summary>Given back by the seller.</summary>
    Refund,

    /// <summary>Claimed back by the customer's bank.</summary>
    Dispute,
}
