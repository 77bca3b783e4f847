using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// Which of a customer's subscriptions is the account's current one: the one that gives the better access, whichever it
/// was before (decision S5), so that every sync and a rebuild from nothing choose alike.
/// </summary>
internal static class CurrentSubscription
{
    /// <summary>
    /// Without those that are the host's other business, where the catalog says that it has one. The one that an
    /// account is on stays, whatever it holds now.
    /// </summary>
    public static IEnumerable<StripeSubscription> OursOf(
        IEnumerable<StripeSubscription> listed,
        string? currentId,
        PlanCatalog catalog,
        PriceBook prices
    ) =>
        catalog.IgnoresOtherSubscriptions
            ? listed.Where(one => one.Id == currentId || LevelOf(one, catalog, prices) >= 0)
            : listed;

    /// <summary>The one to project; null when the customer never had any.</summary>
    public static StripeSubscription? Choose(
        IReadOnlyList<StripeSubscription> candidates,
        PlanCatalog catalog,
        PriceBook prices
    )
    {
        var newestFirst = candidates.OrderByDescending(candidate => candidate.Created).ToList();
        // of two alike the older one stays, also when a second one is bought beside it
        var best = newestFirst
            .Where(IsLive)
            .Reverse()
            .OrderBy(candidate => LevelOf(candidate, catalog, prices) < 0)
            .ThenBy(Rank)
            .ThenByDescending(candidate => LevelOf(candidate, catalog, prices));
        return best.FirstOrDefault() ?? newestFirst.OrderBy(Rank).FirstOrDefault();
    }

    /// <summary>Another subscription that takes money beside the current one.</summary>
    public static StripeSubscription? FindSecondLive(
        StripeSubscription current,
        IReadOnlyList<StripeSubscription> candidates
    ) => IsLive(current) ? candidates.FirstOrDefault(other => other.Id != current.Id && IsLive(other)) : null;

    private static bool IsLive(StripeSubscription subscription) =>
        subscription.Status is "active" or "trialing" or "past_due";

    // An incomplete one gives nothing, so whoever has paid time left, or whose second try went through, is not held to
    // it. A status of which nothing is known must not be passed over for one that ended.
    private static int Rank(StripeSubscription subscription) =>
        subscription.Status switch
        {
            "active" or "trialing" => 0,
            "past_due" => 1,
            "unpaid" or "paused" => 3,
            "canceled" => 4,
            "incomplete" => 5,
            "incomplete_expired" => 6,
            _ => 2,
        };

    // place of its plan in the catalog; -1 where the catalog does not know what it sells
    private static int LevelOf(StripeSubscription subscription, PlanCatalog catalog, PriceBook prices) =>
        subscription
            .Items.Select(item => prices.TryRecognise(item.PriceId, out var price) ? price.Plan.Id : null)
            .Select(plan => catalog.Plans.ToList().FindIndex(known => known.Id == plan))
            .DefaultIfEmpty(-1)
            .Max();
}
