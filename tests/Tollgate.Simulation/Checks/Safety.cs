using Npgsql;
using Tollgate.Simulation.World;

namespace Tollgate.Simulation.Checks;

/// <summary>What must hold after every step, whatever the storm does.</summary>
internal sealed class Safety(NpgsqlDataSource database, SimulatedWorld world)
{
    private readonly Deliveries deliveries = world.Deliveries;
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestExtension = TimeSpan.FromHours(72);
    private readonly Dictionary<string, string> inboxBefore = [];
    private readonly Dictionary<string, string> ownersBefore = [];
    private AccountRow before = AccountRow.None;
    private DateTimeOffset? verifiedBefore;

    public async Task CheckAsync(DateTimeOffset now)
    {
        var (row, version, verifiedAt) = await AccountRow.ReadAsync(database);
        var tier = (await world.Nodes[0].Status.RunAsync(SimulatedWorld.Account, CancellationToken.None)).Tier;
        Assert.True(await AccountRow.ReadAsync(database) == (row, version, verifiedAt), "I19: a page wrote the row");
        CheckSteps(row);
        CheckColumns(row);
        CheckFall(row, verifiedAt);
        CheckAccess(row, tier, now);
        await CheckInboxAsync();
        await CheckOwnersAsync();
        await CheckAuditAsync();
        await CheckTogetherAsync();
        Assert.True(
            world.Outside.Mails.Twice is [],
            $"I22: sent twice: {string.Join(", ", world.Outside.Mails.Twice)}"
        );
        before = row;
        verifiedBefore = verifiedAt;
    }

    private void CheckSteps(AccountRow row)
    {
        Assert.True(row.Plan == "free" || deliveries.SawMoney, "I07: a paid tier without a payment");
        Assert.True(
            before.PaidThrough is null || row.PaidThrough >= before.PaidThrough,
            "I08: paid through moved back"
        );
        Assert.True(
            row.PastDueSince is null || row.Status is "past_due" or "unpaid",
            "I11: failed outside of an episode"
        );
        var isSameEpisode =
            row.Subscription == before.Subscription
            && row.PaidThrough == before.PaidThrough
            && row.PastDueSince != null;
        Assert.True(
            !isSameEpisode || before.PastDueSince is null || row.PastDueSince <= before.PastDueSince,
            "I11: the episode began again"
        );
    }

    private void CheckColumns(AccountRow row)
    {
        var isPaid = row.Plan != "free";
        Assert.True(!isPaid || row.Subscription is not null, "I04: a paid tier without a subscription");
        Assert.True(!isPaid || world.PlansByPrice.ContainsKey(row.Price ?? ""), "I04: a paid tier without a price");
        Assert.True(row.Status != "active" || isPaid, "I04: active, and free");
        var said = $"{row.Subscription} {row.Status} {row.Price} {row.Seats}";
        Assert.True(row.Status is null || deliveries.Statuses.Contains(said), $"I06: Stripe never said {said}");
    }

    private void CheckFall(AccountRow row, DateTimeOffset? verifiedAt)
    {
        var fell = before.Plan != "free" && row.Plan == "free";
        Assert.True(
            !fell || (verifiedAt >= verifiedBefore && world.Outside.Wire.LastReadAt >= verifiedAt),
            "I12: fell to free without asking Stripe"
        );
    }

    private static void CheckAccess(AccountRow row, string tier, DateTimeOffset now)
    {
        Assert.True(row.Status != "active" || tier != "free", "I10: active, and denied");
        Assert.True(tier == "free" || tier == row.Plan, $"I16: the tier is {tier} and the row says {row.Plan}");
        var isPaid = row.Status is "canceled" or "unpaid" && now < row.PaidThrough;
        Assert.True(!isPaid || tier != "free", "I08: revoked before paid through");
        var isPaidAhead = row.Status == "past_due" && now < row.PaidThrough;
        Assert.True(!isPaidAhead || tier != "free", "I08: revoked before paid through");
        var isInGrace = row.Status == "past_due" && row.PastDueSince is { } failed && now < failed + Grace;
        Assert.True(!isInGrace || tier != "free", "I08: revoked within the grace");
        var mayHaveAccess = row.Status switch
        {
            "active" => true,
            "past_due" => row.PastDueSince is not { } since
                || now < since + Grace + LongestExtension
                || now < row.PaidThrough,
            "canceled" or "unpaid" => now < row.PaidThrough,
            _ => false,
        };
        Assert.True(tier == "free" || mayHaveAccess, "I09: access without money");
    }

    private async Task CheckInboxAsync()
    {
        var now = await ReadAsync("SELECT event_id, state FROM billing.inbox_receipts");
        foreach (var sent in deliveries.Answered)
        {
            Assert.True(now.ContainsKey(sent.Id), $"I01: {sent.Type} was answered 200 and is nowhere");
        }

        foreach (var (id, state) in inboxBefore)
        {
            Assert.True(now.TryGetValue(id, out var after), $"W3: an event that was {state} is gone");
            Assert.True(state is not ("applied" or "ignored") || after == state, $"I02: {state} became {after}");
            Assert.True(after != "dead" && after != "quarantined", $"an event of the ordinary became {after}");
        }

        Assert.True(deliveries.Delivered.IsSupersetOf(now.Keys), "I03: an event was recorded twice");
        Replace(inboxBefore, now);
    }

    private async Task CheckOwnersAsync()
    {
        var now = await ReadAsync("SELECT stripe_id, account_id FROM billing.stripe_bindings");
        Assert.All(ownersBefore, owned => Assert.Equal(owned.Value, now[owned.Key]));
        Replace(ownersBefore, now);
        Assert.True(now.Keys.Count(id => id.StartsWith("cus_", StringComparison.Ordinal)) <= 1, "M2: two customers");
    }

    private async Task CheckAuditAsync()
    {
        var faults = await ReadAsync(
            """
            WITH pair AS (
                SELECT id, jsonb_strip_nulls(before) - 'VerifiedAt' - 'AccountId' AS before,
                    coalesce(
                        jsonb_strip_nulls(lag(after) OVER (ORDER BY id)) - 'VerifiedAt' - 'AccountId',
                        jsonb '{"Stale": [], "Version": 0, "AddOns": [], "RefundsAndDisputes": [], "Entitlements": []}'
                    ) AS former
                FROM billing.audit
            )
            SELECT 'broken', former::text || ' then ' || before::text FROM pair WHERE former <> before
            UNION ALL
            SELECT 'unsaid', coalesce(last.after::text, 'nothing') || ' and the row is ' || state::text
            FROM billing.subscriptions state
            LEFT JOIN LATERAL (SELECT after FROM billing.audit ORDER BY id DESC LIMIT 1) last ON true
            WHERE coalesce((last.after->>'Version')::bigint, 0) <> state.version
                OR last.after->>'Plan' IS DISTINCT FROM plan
                OR last.after->>'SubscriptionId' IS DISTINCT FROM subscription_id
                OR last.after->>'StripeStatus' IS DISTINCT FROM stripe_status
                OR last.after->>'PriceId' IS DISTINCT FROM price_id
                OR (last.after->>'Seats')::int IS DISTINCT FROM seats
                OR (last.after->>'PaidThrough')::timestamptz IS DISTINCT FROM paid_through
                OR (last.after->>'PastDueSince')::timestamptz IS DISTINCT FROM past_due_since
                OR (last.after->>'EndsAt')::timestamptz IS DISTINCT FROM ends_at
            """
        );
        Assert.True(faults.Count == 0, $"I24: the audit does not give the row: {string.Join(", ", faults)}");
    }

    // A version that is more than a binding is audited and queued in one commit.
    private async Task CheckTogetherAsync()
    {
        var faults = await ReadAsync(
            """
            WITH entry AS (
                SELECT after->>'Version' AS version,
                    before - 'SubscriptionId' - 'Version' <> after - 'SubscriptionId' - 'Version' AS is_more
                FROM billing.audit
            ), queued AS (SELECT occurrence AS version FROM billing.outbox WHERE kind = 'subscription_changed')
            SELECT version, 'is audited and not queued' FROM entry
            WHERE is_more AND version NOT IN (SELECT * FROM queued)
            UNION ALL
            SELECT version, 'is queued and not audited' FROM queued WHERE version NOT IN (SELECT version FROM entry)
            UNION ALL
            SELECT version, 'was written twice' FROM entry GROUP BY version HAVING count(*) > 1
            """
        );
        Assert.True(faults.Count == 0, $"I03: {string.Join(", ", faults)}");
    }

    private async Task<Dictionary<string, string>> ReadAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<string, string>();
        while (await reader.ReadAsync())
        {
            rows[reader.GetString(0)] = reader.GetValue(1).ToString()!;
        }

        return rows;
    }

    private static void Replace(Dictionary<string, string> old, Dictionary<string, string> now)
    {
        old.Clear();
        foreach (var (key, value) in now)
        {
            old[key] = value;
        }
    }
}
