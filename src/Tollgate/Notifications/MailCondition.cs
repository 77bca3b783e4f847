using Tollgate.Catalog;
using Tollgate.Outbox;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Notifications;

/// <summary>
/// Whether what a mail says is still so when it is about to be sent (decision E1). What has passed is not sent.
/// </summary>
internal static class MailCondition
{
    /// <summary>Why the mail is not sent any more; null when it is.</summary>
    public static string? Supersedes(Effect about, MailSituation its, PlanCatalog catalog, DateTimeOffset now) =>
        about switch
        {
            _ when its.NewerIsDue => "a newer mail of the same episode is due",
            PlanActivated activated when its.State.Plan != activated.Plan => "the plan is another by now",
            PaymentFailed failed when its.State.PastDueSince != failed.Since => "the payment is no longer open",
            PaymentFailed failed when now >= failed.GraceEndsAt => "the grace has ended",
            PaymentRecovered when its.State.PastDueSince is not null => "another payment has failed",
            PaymentRecovered when its.State.Plan is null => "the plan has ended",
            PaymentRecovered when !its.FailureNotified => "nobody was notified that the payment failed",
            PaymentRecovered when its.EndNotified => "the mail about the plan says that all is well",
            AccessEnded when its.State.Plan is not null => "there is a plan again",
            PaymentActionRequired => Confirmable(its.Invoice),
            UsageReached reached when now >= reached.WindowEndsAt => "the window has ended",
            UsageReached reached when LimitNow(reached, its.State, catalog, now) != reached.Limit =>
                "the limit is another by now",
            _ => null,
        };

    private static int? LimitNow(
        UsageReached about,
        SubscriptionState state,
        PlanCatalog catalog,
        DateTimeOffset now
    ) => catalog.PlanOrNone(state.TierAt(now)).Limits.TryGetValue(about.Meter, out var limit) ? limit : null;

    // At the first payment the customer is on Stripe's page already.
    private static string? Confirmable(StripeInvoice? invoice) =>
        invoice switch
        {
            { Status: "open", BillingReason: not "subscription_create" } => null,
            { Status: "open" } => "it is the first payment",
            _ => "the invoice is no longer open",
        };
}

/// <summary>What is so when a mail is about to be sent.</summary>
/// <param name="NewerIsDue">Another mail of the same kind and episode is due, and later than this one was.</param>
/// <param name="FailureNotified">A mail about this failed payment was handed over, or may have been.</param>
/// <param name="EndNotified">One about the end of access has followed it.</param>
/// <param name="Invoice">That of a payment to be confirmed, as Stripe has it now.</param>
internal sealed record MailSituation(
    SubscriptionState State,
    bool NewerIsDue,
    bool FailureNotified,
    bool EndNotified,
    StripeInvoice? Invoice
);
