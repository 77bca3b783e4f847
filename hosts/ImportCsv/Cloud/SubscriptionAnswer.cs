using ImportCsv.Imports;
using ImportCsv.PlanLimits;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Subscriptions;

namespace ImportCsv.Cloud;

/// <summary>A user's subscription, as <c>GET /api/v1/billing/subscription</c> says it.</summary>
/// <param name="Status"><c>active</c>, <c>past_due</c>, <c>canceled</c> or <c>paused</c>.</param>
/// <param name="Now">Billing time.</param>
internal sealed record SubscriptionAnswer(
    string Tier,
    string TierName,
    string Status,
    MonthUsage Usage,
    PlanAllowance Limits,
    DateTimeOffset? ResetsAt,
    DateTimeOffset? GracePeriodEndsAt,
    bool CancelAtPeriodEnd,
    DateTimeOffset? CurrentPeriodEnd,
    DateTimeOffset Now
)
{
    public static SubscriptionAnswer Of(
        SubscriptionState state,
        AccessDecision decision,
        ImportTerms terms,
        UsageRecord? month,
        PlanCatalog catalog,
        DateTimeOffset now
    )
    {
        var status = StatusOf(state, decision);
        return new(
            decision.Plan.Id,
            decision.Plan.Name,
            status,
            new MonthUsage(terms.ImportsUsed, month?.Rows ?? 0, month?.MaxRowsInSingleImport ?? 0),
            new PlanAllowance(terms.ImportsLimit, terms.RowsLimit),
            terms.ResetsAt,
            status is "past_due" or "paused" ? state.GraceEndOf(catalog) : null,
            CancelAtPeriodEnd: state is { EndsAt: not null, Status: not SubscriptionStatus.Canceled },
            state.EndsAt ?? state.PaidThrough,
            now
        );
    }

    /// <summary>
    /// After the grace it is paused, whatever the row still says: held to free (decision S15). Who was given a tier by
    /// hand is shown no grace.
    /// </summary>
    private static string StatusOf(SubscriptionState state, AccessDecision decision) =>
        (state.Status, decision.Denial) switch
        {
            _ when decision.IsOverridden => "active",
            (_, DenialReason.PaymentFailed) => "paused",
            (SubscriptionStatus.PastDue or SubscriptionStatus.Unpaid, _) => "past_due",
            (SubscriptionStatus.Canceled, _) => "canceled",
            _ => "active",
        };
}

/// <summary>What was imported in this month.</summary>
internal sealed record MonthUsage(int Imports, long Rows, int MaxRowsInSingleImport);

/// <summary>What the plan allows; null is unlimited.</summary>
internal sealed record PlanAllowance(int? ImportsPerMonth, int? RowsPerImport);
