using Npgsql;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Usage;

namespace Tollgate.Insight;

/// <summary>
/// Reads the figures from what billing keeps anyway: what stands from the accounts' rows, what was from the audit and
/// the meters' ledger. A fixed number of statements, however many accounts there are.
/// </summary>
internal sealed class ReadFigures(
    NpgsqlDataSource database,
    PlanCatalog catalog,
    PriceBook prices,
    UsageMeters meters,
    BillingClock clock
)
{
    /// <summary>As of now.</summary>
    public async Task<Figures> NowAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var paying = await ReadPayingAsync(cancellationToken);
        return new Figures(
            now,
            RevenueOf(paying),
            RevenueOf(paying.Where(group => group.IsFailing)),
            paying.Sum(group => group.Subscriptions),
            paying.Sum(group => group.Seats),
            paying.Where(group => !RecurringRevenue.Knows(group.Sold, prices)).Sum(group => group.Subscriptions),
            await CountFailuresAsync(cancellationToken),
            await ReadTiersAsync(now, cancellationToken)
        );
    }

    /// <summary>
    /// A point for each day (UTC) from that one until today, as far back as there is anything written.
    /// </summary>
    public async Task<IReadOnlyList<FigurePoint>> DaysAsync(DateOnly from, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var until = DateOnly.FromDateTime(now.UtcDateTime);
        var start = new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero);
        return FigureSeries.Of(
            from,
            until,
            await ReadChangesAsync(cancellationToken),
            await ReadFailuresAsync(start, cancellationToken),
            await meters.ReadDaysOfAllAsync(start, now.AddMicroseconds(1), cancellationToken),
            prices
        );
    }

    private IReadOnlyList<Money> RevenueOf(IEnumerable<PayingGroup> paying) =>
        RecurringRevenue.Of(paying.Select(group => group.Sold), prices);

    private Task<List<PayingGroup>> ReadPayingAsync(CancellationToken cancellationToken) =>
        database
            .CreateCommand(
                """
                SELECT COALESCE(price_id, ''), currency, past_due_since IS NOT NULL, count(*),
                    COALESCE(sum(seats), 0)::bigint
                FROM billing.subscriptions
                WHERE status IN ('active', 'past_due') AND stripe_status IS DISTINCT FROM 'trialing'
                GROUP BY 1, 2, 3
                """
            )
            .ReadAsync(
                row => new PayingGroup(
                    row.GetString(0),
                    row.Nullable<string>(1),
                    row.GetBoolean(2),
                    row.GetInt64(3),
                    row.GetInt64(4)
                ),
                cancellationToken
            );

    private async Task<long> CountFailuresAsync(CancellationToken cancellationToken) =>
        (
            await database
                .CreateCommand("SELECT count(*) FROM billing.subscriptions WHERE past_due_since IS NOT NULL")
                .ReadAsync(row => row.GetInt64(0), cancellationToken)
        )[0];

    private async Task<IReadOnlyList<TierCount>> ReadTiersAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counted = await database
            .CreateCommand(
                """
                SELECT COALESCE(CASE WHEN override_until IS NULL OR override_until > @now THEN override_tier END,
                    plan, @without), count(*)
                FROM billing.accounts LEFT JOIN billing.subscriptions USING (account_id) GROUP BY 1
                """
            )
            .With("now", now)
            .With("without", catalog.WithoutSubscription.Id)
            .ReadAsync(row => (Tier: row.GetString(0), Accounts: row.GetInt64(1)), cancellationToken);
        var accounts = counted.ToDictionary(tier => tier.Tier, tier => tier.Accounts);
        return
        [
            .. catalog
                .Plans.Prepend(catalog.WithoutSubscription)
                .Distinct()
                .Select(plan => new TierCount(plan.Id, plan.Name, accounts.GetValueOrDefault(plan.Id))),
        ];
    }

    // what each row of the audit ended and began; those that changed no price and no seats are not read
    private Task<List<PayingChange>> ReadChangesAsync(CancellationToken cancellationToken) =>
        database
            .CreateCommand(
                """
                WITH moved AS (
                    SELECT at, billing.paying(before) AS ended, billing.paying(after) AS began FROM billing.audit
                    WHERE billing.paying(before) IS DISTINCT FROM billing.paying(after)
                ), side AS (
                    SELECT at, ended AS paying, -1 AS subscriptions FROM moved WHERE ended IS NOT NULL
                    UNION ALL SELECT at, began, 1 FROM moved WHERE began IS NOT NULL
                ), change AS (
                    SELECT at, NULLIF(split_part(paying, ' ', 2), '') AS price,
                        NULLIF(split_part(paying, ' ', 3), '') AS currency, subscriptions,
                        subscriptions * split_part(paying, ' ', 1)::int AS seats
                    FROM side
                )
                SELECT (at AT TIME ZONE 'UTC')::date, price, sum(subscriptions), sum(seats), currency
                FROM change GROUP BY 1, price, currency ORDER BY 1
                """
            )
            .ReadAsync(
                row => new PayingChange(
                    row.GetFieldValue<DateOnly>(0),
                    row.Nullable<string>(1),
                    row.GetInt64(2),
                    row.GetInt64(3),
                    row.Nullable<string>(4)
                ),
                cancellationToken
            );

    private Task<List<FailureDay>> ReadFailuresAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        database
            .CreateCommand(
                """
                WITH episode AS (
                    SELECT (at AT TIME ZONE 'UTC')::date AS day, before->>'PastDueSince' IS NOT NULL AS was_open,
                        after->>'PastDueSince' IS NOT NULL AS is_open, after->>'Status' = 'Active' AS pays
                    FROM billing.audit WHERE at >= @from
                )
                SELECT day, count(*) FILTER (WHERE is_open), count(*) FILTER (WHERE was_open AND pays),
                    count(*) FILTER (WHERE was_open AND pays IS NOT TRUE)
                FROM episode WHERE was_open <> is_open GROUP BY day
                """
            )
            .With("from", from)
            .ReadAsync(
                row => new FailureDay(
                    row.GetFieldValue<DateOnly>(0),
                    row.GetInt64(1),
                    row.GetInt64(2),
                    row.GetInt64(3)
                ),
                cancellationToken
            );

    private sealed record PayingGroup(string PriceId, string? Currency, bool IsFailing, long Subscriptions, long Seats)
    {
        public SoldSeats Sold => new(PriceId, Seats, Currency);
    }
}
