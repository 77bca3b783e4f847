namespace Tollgate.Subscriptions;

/// <summary>
/// The contract's five statuses in their spelling, and the one table that maps Stripe's onto them (decision S6).
/// </summary>
internal static class StatusNames
{
    public static string ToText(SubscriptionStatus status) =>
        status switch
        {
            SubscriptionStatus.Active => "active",
            SubscriptionStatus.PastDue => "past_due",
            SubscriptionStatus.Canceled => "canceled",
            SubscriptionStatus.Unpaid => "unpaid",
            SubscriptionStatus.Incomplete => "incomplete",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of the contract."),
        };

    /// <exception cref="ArgumentOutOfRangeException">Not one of the five.</exception>
    public static SubscriptionStatus ToStatus(string text) =>
        text switch
        {
            "active" => SubscriptionStatus.Active,
            "past_due" => SubscriptionStatus.PastDue,
            "canceled" => SubscriptionStatus.Canceled,
            "unpaid" => SubscriptionStatus.Unpaid,
            "incomplete" => SubscriptionStatus.Incomplete,
            _ => throw new ArgumentOutOfRangeException(nameof(text), text, "Not a status of the contract."),
        };

    /// <summary>
    /// Null for a status that Stripe had not invented when this was written: the event is quarantined.
    /// </summary>
    public static SubscriptionStatus? FromStripe(string raw) =>
        raw switch
        {
            "active" or "trialing" => SubscriptionStatus.Active,
            "past_due" => SubscriptionStatus.PastDue,
            "canceled" or "incomplete_expired" => SubscriptionStatus.Canceled,
            "unpaid" or "paused" => SubscriptionStatus.Unpaid,
            "incomplete" => SubscriptionStatus.Incomplete,
            _ => null,
        };
}
