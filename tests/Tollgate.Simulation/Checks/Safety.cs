using Npgsql;
using Tollgate.Simulation.World;

namespace Tollgate.Simulation.Checks;

/// <summary>What must hold after every step, whatever the storm does.</summary>
internal sealed class Safety(NpgsqlDataSource database, Deliveries deliveries)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestExtension = TimeSpan.FromHours(72);
    private readonly Dictionary<string, string> inboxBefore = [];
    private readonly Dictionary<string, string> ownersBefore = [];
    private AccountRow before = AccountRow.None;

    /// <param name="tier">The tier that the product's own status page shows now.</param>
    public async Task CheckAsync(string tier, DateTimeOffset now)
    {
        var (row, _, _) = await AccountRow.ReadAsync(database);
        CheckSteps(row);
        CheckAccess(row, tier, now);
        await CheckInboxAsync();
        await CheckOwnersAsync();
        await CheckAuditAsync();
        before = row;
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

    private static void CheckAccess(AccountRow row, string tier, DateTimeOffset now)
    {
        Assert.True(row.Status != "active" || tier != "free", "I10: active, and denied");
        Assert.True(tier == "free" || tier == row.Plan, $"I16: the tier is {tier} and the row says {row.Plan}");
        var isPaid = row.Status is "canceled" or "unpaid" && now < row.PaidThrough;
        Assert.True(!isPaid || tier != "free", "I08: revoked before paid through");
        var isInGrace = row.Status == "past_due" && row.PastDueSince is { } failed && now < failed + Grace;
        Assert.True(!isInGrace || tier != "free", "I08: revoked within the grace");
        var mayHaveAccess = row.Status switch
        {
            "active" => true,
            "past_due" => row.PastDueSince is not { } since || now < since + Grace + LongestExtension,
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

        Replace(inboxBefore, now);
    }

    private async Task CheckOwnersAsync()
    {
        var now = await ReadAsync("SELECT stripe_id, account_id FROM billing.stripe_bindings");
        Assert.All(ownersBefore, owned => Assert.Equal(owned.Value, now[owned.Key]));
        Replace(ownersBefore, now);
        Assert.True(now.Keys.Count(id => id.StartsWith("cus_", StringComparison.Ordinal)) <= 1, "M2: two customers");
    }

    // Binding writes the pointer alone and is not audited; everything else of the row is what the last entry says.
    private async Task CheckAuditAsync()
    {
        var faults = await ReadAsync(
            """
            WITH entry AS (
                SELECT id, before - 'SubscriptionId' - 'Version' - 'VerifiedAt' AS before,
                    after - 'SubscriptionId' - 'Version' - 'VerifiedAt' AS after
                FROM billing.audit
            ), pair AS (
                SELECT id, before, lag(after) OVER (ORDER BY id) AS former FROM entry
            )
            SELECT 'broken', (before || former)::text FROM pair WHERE former <> before
            UNION ALL
            SELECT 'unsaid', after->>'Plan' || ' is ' || plan
            FROM billing.subscriptions, LATERAL (SELECT after FROM billing.audit ORDER BY id DESC LIMIT 1) last
            WHERE after->>'Plan' <> plan OR (after->>'PaidThrough')::timestamptz IS DISTINCT FROM paid_through
            """
        );
        Assert.True(faults.Count == 0, $"I24: the audit does not give the row: {string.Join(", ", faults)}");
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
