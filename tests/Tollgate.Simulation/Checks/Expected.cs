namespace Tollgate.Simulation.Checks;

/// <summary>
/// What an account must be, from Stripe's objects and the time alone. Written from the rules, and not from the code
/// that it judges: it shares nothing with the projection.
/// </summary>
internal static class Expected
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    /// <param name="plans">Plans by Stripe's price id.</param>
    public static AccountRow Of(StripeTruth truth, IReadOnlyDictionary<string, string> plans, DateTimeOffset now)
    {
        if (Current(truth.Subscriptions, plans) is not { } current)
        {
            return AccountRow.None;
        }

        var isOwing = current.Status is "past_due" or "unpaid";
        var row = new AccountRow
        {
            Subscription = current.Id,
            Status = current.Status,
            Price = current.Price,
            Seats = current.Seats,
            PaidThrough = truth
                .Invoices.Where(invoice => invoice.Status == "paid")
                .SelectMany(invoice => invoice.Covers)
                .Max(line => (DateTimeOffset?)line.PeriodEnd),
            PastDueSince = isOwing ? FirstFailure(truth.Invoices, current.Id) : null,
            EndsAt = EndsAt(current),
        };
        return row with { Plan = HasAccess(row, now) ? plans[current.Price] : "free" };
    }

    // The best of those that take money, of two alike the older; when none does, the one with an open payment or that
    // was bought last. One that was never paid counts when there is no other.
    private static BoughtSubscription? Current(
        IReadOnlyList<BoughtSubscription> newestFirst,
        IReadOnlyDictionary<string, string> plans
    )
    {
        string[] worstFirst = ["incomplete_expired", "incomplete", "canceled", "unpaid", "past_due", "active"];
        var best = newestFirst.MaxBy(bought => Array.IndexOf(worstFirst, bought.Status));
        return best is not { IsLive: true }
            ? best
            : newestFirst
                .Where(bought => bought.Status == best.Status)
                .Reverse()
                .MaxBy(bought => plans[bought.Price] == "business");
    }

    private static DateTimeOffset? FirstFailure(IReadOnlyList<SentInvoice> invoices, string subscription) =>
        invoices
            .Where(invoice => invoice is { Status: "open", Attempts: > 0 })
            .Where(invoice => invoice.Covers.Any(line => line.Subscription == subscription))
            .Min(invoice => invoice.FinalizedAt);

    private static DateTimeOffset? EndsAt(BoughtSubscription current) =>
        current.Status == "canceled" ? null
        : current.CancelAt is { } end ? end
        : current.CancelsAtPeriodEnd ? current.PeriodEnd
        : null;

    private static bool HasAccess(AccountRow row, DateTimeOffset now) =>
        row.Status switch
        {
            "active" => true,
            "past_due" => row.PastDueSince is not { } failed || now < failed + Grace || now < row.PaidThrough,
            "canceled" or "unpaid" => now < row.PaidThrough,
            _ => false,
        };
}
