using Tollgate.Alerts;
using Tollgate.Inbox;
using Tollgate.Outbox;

namespace Tollgate.Subscriptions;

/// <summary>
/// Which of the events that were claimed together are applied and which are quarantined: only those that name the
/// quarantined object, so that it does not take the others with it. Pure.
/// </summary>
internal static class EventOutcomes
{
    /// <summary>An object that one event named cannot be read; the account itself could be projected.</summary>
    public const string QuarantinedObject = "quarantined_object";

    /// <summary>Stripe names two subscriptions that take money.</summary>
    public const string DoubleBilling = "double_billing";

    /// <summary>A payment is disputed, which needs an answer by a date that Stripe sets.</summary>
    public const string PaymentDisputed = "payment_disputed";

    /// <summary>
    /// Stripe bills on without charging, and the customer can pay only a draft that somebody finalizes.
    /// </summary>
    public const string UnpaidDraft = "unpaid_draft";

    /// <summary>A payer has access only because Stripe could not be asked (decision S9).</summary>
    public const string VerificationDue = "verification_due";

    /// <summary>Stripe failed at this account again and again, while it answered for others.</summary>
    public const string AccountUnreadable = "account_unreadable";

    /// <summary>Why an account cannot be projected; gone as soon as it can (decision W6).</summary>
    public static readonly IReadOnlyList<string> OfTheAccount =
    [
        "unknown_status",
        "unknown_price",
        "several_base_items",
        "no_quantity",
        "unknown_shape",
        "missing_at_stripe",
    ];

    /// <summary>Alerts that end when an account is projected and no quarantined event backs them.</summary>
    public static readonly IReadOnlyList<string> OfTheProjected =
    [
        .. OfTheAccount,
        QuarantinedObject,
        AlertLog.EventFailed,
        VerificationDue,
        PaymentDisputed,
        UnpaidDraft,
        AccountUnreadable,
        .. StaleRead.Alerts,
    ];

    public static List<SettledEvent> Of(
        IReadOnlyList<ClaimedEvent> events,
        Projection projection,
        IReadOnlySet<string> quarantinedObjects
    ) =>
        [
            .. events.Select(claimed => new SettledEvent(
                claimed.EventId,
                ReasonFor(claimed, projection, quarantinedObjects)
            )),
        ];

    /// <summary>One alert for each quarantined object that an event named.</summary>
    public static IEnumerable<AlertRaised> AlertsFor(IReadOnlySet<string> quarantinedObjects) =>
        quarantinedObjects.Select(id => new AlertRaised($"{QuarantinedObject}:{id}", QuarantinedObject, id));

    private static string? ReasonFor(
        ClaimedEvent claimed,
        Projection projection,
        IReadOnlySet<string> quarantinedObjects
    ) =>
        projection is Projection.Quarantined quarantined
            ? Names(claimed, quarantined.SubscriptionId)
                ? quarantined.Reason
                : null
            : Names(claimed, quarantinedObjects)
                ? QuarantinedObject
                : null;

    // an event of another subscription than the quarantined one was synced as well as it can be
    private static bool Names(ClaimedEvent claimed, string? quarantinedSubscription) =>
        quarantinedSubscription is null
        || claimed.SubscriptionId is null
        || claimed.SubscriptionId == quarantinedSubscription;

    private static bool Names(ClaimedEvent claimed, IReadOnlySet<string> quarantinedObjects) =>
        (claimed.ObjectId is { } named && quarantinedObjects.Contains(named))
        || (claimed.SubscriptionId is { } subscription && quarantinedObjects.Contains(subscription));
}
