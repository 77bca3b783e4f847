namespace Tollgate.Simulation.Checks;

/// <summary>
/// What an account must be, from Stripe's objects and the time alone. Written from the rules, and not from the code
/// that it judges: it shares nothing with the projection. Where a rule is open it allows what either reading gives:
/// time that was paid on an earlier subscription may count after the next one was bought.
/// </summary>
internal static class Expected
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    /// <param name="plans">Plans by Stripe's price id.</param>
    public static IEnumerable<AccountRow> Of(
        StripeTruth truth,
        IReadOnlyDictionary<string, string> plans,
        DateTimeOffset now
    )
    {
        if (Current(truth.Subscriptions) is not { } current)
        {
            return [AccountRow.None];
        }

        var paid = truth
            .Invoices.Where(invoice => invoice.Status == "paid")
            .SelectMany(invoice => invoice.Covers)
            .ToList();
        var own = paid.Where(line => line.Subscription == current.Id).Max(line => (DateTimeOffset?)line.PeriodEnd);
        return paid.Select(line => line.PeriodEnd)
            .Where(end => end > own)
            .Select(end => Row(truth, plans, current, end, now))
            .Prepend(Row(truth, plans, current, own, now));
    }

    private static AccountRow Row(
        StripeTruth truth,
        IReadOnlyDictionary<string, string> plans,
        BoughtSubscription current,
        DateTimeOffset? paidThrough,
        DateTimeOffset now
    )
    {
        var isOwing = current.Status is "past_due" or "unpaid";
        var row = new AccountRow
        {
            Subscription = current.Id,
            Status = current.Status,
            Price = current.Price,
            Seats = current.Seats,
            PaidThrough = paidThrough,
            PastDueSince = isOwing ? FirstFailure(truth.Invoices, current.Id) : null,
            EndsAt = EndsAt(current),
        };
        return row with { Plan = HasAccess(row, now) ? plans[current.Price] : "free" };
    }

    // The one that takes money; when none does, the one that was bought last.
    private static BoughtSubscription? Current(IReadOnlyList<BoughtSubscription> newestFirst) =>
        newestFirst.LastOrDefault(bought => bought.IsLive) ?? newestFirst.FirstOrDefault();

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
            "past_due" => row.PastDueSince is not { } failed || now < failed + Grace,
            "canceled" or "unpaid" => now < row.PaidThrough,
            _ => false,
        };
}
