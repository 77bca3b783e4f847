using Tollgate.Effects;

namespace Tollgate.Subscriptions;

/// <summary>What became of a claimed event.</summary>
/// <param name="SetAsideFor">Null when it was applied.</param>
internal sealed record SettledEvent(string EventId, string? SetAsideFor);

/// <summary>
/// Which of the events that were claimed together are applied and which are set aside: only those that name the odd
/// object, so that it does not take the others with it. Pure.
/// </summary>
internal static class EventOutcomes
{
    /// <summary>An object that one event named cannot be read; the account itself could be projected.</summary>
    public const string OddObject = "odd_object";

    /// <summary>Stripe names two subscriptions that take money.</summary>
    public const string DoubleBilling = "double_billing";

    /// <summary>A payment is disputed, which wants an answer until a date that Stripe sets.</summary>
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

    /// <summary>Alerts that end when an account is projected and no event that is set aside backs them.</summary>
    public static readonly IReadOnlyList<string> OfTheProjected =
    [
        .. OfTheAccount,
        OddObject,
        Alerts.EventFailed,
        VerificationDue,
        PaymentDisputed,
        UnpaidDraft,
        AccountUnreadable,
        .. StaleRead.Alerts,
    ];

    public static List<SettledEvent> Of(
        IReadOnlyList<ClaimedEvent> events,
        Projection projection,
        IReadOnlySet<string> oddObjects
    ) => [.. events.Select(claimed => new SettledEvent(claimed.EventId, ReasonFor(claimed, projection, oddObjects)))];

    /// <summary>One alert for each odd object that an event named.</summary>
    public static IEnumerable<AlertRaised> AlertsFor(IReadOnlySet<string> oddObjects) =>
        oddObjects.Select(id => new AlertRaised($"{OddObject}:{id}", OddObject, id));

    private static string? ReasonFor(ClaimedEvent claimed, Projection projection, IReadOnlySet<string> oddObjects) =>
        projection is Projection.SetAside aside
            ? Names(claimed, aside.SubscriptionId)
                ? aside.Reason
                : null
            : Names(claimed, oddObjects)
                ? OddObject
                : null;

    // an event of another subscription than the odd one was looked at as well as it can be
    private static bool Names(ClaimedEvent claimed, string? oddSubscription) =>
        oddSubscription is null || claimed.SubscriptionId is null || claimed.SubscriptionId == oddSubscription;

    private static bool Names(ClaimedEvent claimed, IReadOnlySet<string> oddObjects) =>
        (claimed.ObjectId is { } named && oddObjects.Contains(named))
        || (claimed.SubscriptionId is { } subscription && oddObjects.Contains(subscription));
}
