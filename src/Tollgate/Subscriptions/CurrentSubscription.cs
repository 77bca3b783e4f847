using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// Which of a customer's subscriptions is the account's current one: the pointer moves when it is null, or when what it
/// points to gives nothing any more and another one lives, or ended after it (decision S5).
/// </summary>
internal static class CurrentSubscription
{
    /// <summary>The one to project; null when there is none worth pointing to.</summary>
    public static StripeSubscription? Choose(string? pointer, IReadOnlyList<StripeSubscription> candidates)
    {
        var current = candidates.FirstOrDefault(candidate => candidate.Id == pointer);
        if (current is not null && !IsReplaceable(current))
        {
            return current;
        }

        var best = candidates
            .Where(candidate => candidate.Status != "incomplete_expired")
            .OrderBy(Rank)
            .ThenByDescending(candidate => candidate.Created)
            .FirstOrDefault();
        return pointer is null || (best is not null && Replaces(best, current)) ? best : current;
    }

    /// <summary>Another subscription that takes money beside the current one.</summary>
    public static StripeSubscription? FindSecondLive(
        StripeSubscription current,
        IReadOnlyList<StripeSubscription> candidates
    ) => IsLive(current) ? candidates.FirstOrDefault(other => other.Id != current.Id && IsLive(other)) : null;

    // One that was bought and ended before anybody looked was paid for all the same.
    private static bool Replaces(StripeSubscription other, StripeSubscription? current) =>
        !IsReplaceable(other) || (other.Status == "canceled" && other.Created > current?.Created);

    private static bool IsLive(StripeSubscription subscription) =>
        subscription.Status is "active" or "trialing" or "past_due";

    // An incomplete one gives no access either, so a payer whose second try went through is not held to the first; nor
    // to one that is paused since its trial.
    private static bool IsReplaceable(StripeSubscription subscription) =>
        subscription.Status is "canceled" or "incomplete_expired" or "incomplete" or "paused";

    private static int Rank(StripeSubscription subscription) =>
        subscription.Status switch
        {
            "active" or "trialing" => 0,
            "past_due" => 1,
            "unpaid" or "paused" => 2,
            "incomplete" => 3,
            _ => 4,
        };
}
