using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tollgate.Settings;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Administration;

/// <summary>What administrators do over HTTP, and that it is written down.</summary>
public sealed class OperatorTests
{
    private const string Admin = "admin@hydra.test";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_override_holds_is_taken_back_and_stands_in_the_timeline_with_who_and_why()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var admin = await hydra.SignInAsync(Admin);
        var until = hydra.Sandbox.Clock.GetUtcNow() + TimeSpan.FromDays(30);

        await DoneAsync(
            admin,
            "accounts/acme/override",
            new
            {
                tier = "enterprise",
                until,
                why = "signed",
            }
        );
        await hydra.TierBecomesAsync("enterprise");
        var account = await GetAsync(admin, "accounts/acme");
        Assert.True(account.GetProperty("account").GetProperty("is_overridden").GetBoolean());
        Assert.Equal(Admin, account.GetProperty("override").GetProperty("author").GetString());

        await DoneAsync(admin, "accounts/acme/override/end", new { why = "they left" });
        await hydra.TierBecomesAsync("free");
        var actions = (await GetAsync(admin, "accounts/acme"))
            .GetProperty("timeline")
            .EnumerateArray()
            .Where(entry => entry.GetProperty("kind").GetString() == "action")
            .Select(entry => $"{entry.GetProperty("what")}: {entry.GetProperty("detail")}");
        Assert.Equal(
            [$"{Admin}: override_ended now: they left -> done", $"{Admin}: override enterprise: signed -> done"],
            actions
        );
    }

    [Fact]
    public async Task What_is_refused_changes_nothing_and_a_refused_try_is_written_down()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var admin = await hydra.SignInAsync(Admin);
        var later = hydra.Sandbox.Clock.GetUtcNow() + TimeSpan.FromDays(1);
        var earlier = later - TimeSpan.FromDays(2);

        await RefusedAsync(
            admin,
            "accounts/acme/override",
            new
            {
                tier = "team",
                until = later,
                why = " ",
            },
            400
        );
        await RefusedAsync(admin, "accounts/acme/override", new { tier = "team", until = later }, 400);
        await RefusedAsync(admin, "accounts/nobody/refresh", new { why = "a test" }, 404);
        await RefusedAsync(admin, "accounts/no%20id!/refresh", new { why = "a test" }, 404);
        await RefusedAsync(admin, "events/evt_none/replay", new { why = "a test" }, 404);
        Assert.Equal(0, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.operator_actions"));
        await RefusedAsync(
            admin,
            "accounts/acme/override",
            new
            {
                tier = "gold",
                until = later,
                why = "a test",
            },
            400
        );
        await RefusedAsync(
            admin,
            "accounts/acme/override",
            new
            {
                tier = "team",
                until = earlier,
                why = "x",
            },
            400
        );

        Assert.Equal("free", await hydra.TenantAsync<string>("plan_tier"));
        var actions = (await GetAsync(admin, "actions")).GetProperty("actions").EnumerateArray().ToList();
        Assert.Equal(2, actions.Count);
        Assert.All(actions, action => Assert.Equal("invalid_request", action.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_refresh_asks_stripe_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.QuietAsync();
        using var admin = await hydra.SignInAsync(Admin);
        const string Syncs = "SELECT count(*) FROM billing.account_syncs WHERE account_id = 'acme'";
        var before = await hydra.QueryAsync<long>(Syncs);

        await DoneAsync(admin, "accounts/acme/refresh", new { why = "they say they paid" });

        await Eventually.Async(async () => await hydra.QueryAsync<long>(Syncs) > before, what: "a sync", ct: Token);
    }

    [Fact]
    public async Task A_quarantined_event_is_opened_without_its_secrets_and_replayed()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var admin = await hydra.SignInAsync(Admin);
        const string Body = """
            {"id":"evt_stray","object":"event","api_version":"2026-10-28.endive","created":1795300000,"livemode":false,
            "type":"invoice.paid","data":{"object":{"id":"in_1","object":"invoice","customer":"cus_unknown",
            "hosted_invoice_url":"https://invoice.stripe.com/i/key","payments":[{"client_secret":"pi_1_secret_2"}]}}}
            """;
        (await hydra.DeliverAsync(Body)).EnsureSuccessStatusCode();
        await hydra.QuietAsync();

        var listed = (await GetAsync(admin, "events?state=parked")).GetProperty("events").EnumerateArray();
        Assert.Equal("evt_stray", Assert.Single(listed).GetProperty("event_id").GetString());
        var opened = await GetAsync(admin, "events/evt_stray");
        var shown = opened.GetProperty("payload").GetRawText();
        Assert.Contains("cus_unknown", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("invoice.stripe.com", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("pi_1_secret_2", shown, StringComparison.Ordinal);
        Assert.True(opened.GetProperty("can_replay").GetBoolean());

        await DoneAsync(admin, "events/evt_stray/replay", new { why = "the customer is known now" });

        Assert.Equal(
            $"{Admin} replay evt_stray: the customer is known now, done",
            await hydra.QueryAsync<string>(
                """
                SELECT author || ' ' || action || ' ' || subject || ': ' || why || ', ' || outcome
                FROM billing.operator_actions
                """
            )
        );
    }

    [Fact]
    public async Task What_was_applied_is_not_replayed()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        using var admin = await hydra.SignInAsync(Admin);
        var applied = (await GetAsync(admin, "events?state=applied&account=acme")).GetProperty("events")[0];

        var id = applied.GetProperty("event_id").GetString();
        await RefusedAsync(admin, $"events/{id}/replay", new { why = "a test" }, 409);
        Assert.False((await GetAsync(admin, $"events/{id}")).GetProperty("can_replay").GetBoolean());
    }

    [Fact]
    public async Task The_inbox_comes_a_page_at_a_time_also_where_events_came_in_one_moment()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.inbox_receipts (event_id, type, received_at, state, not_before)
            SELECT 'evt_' || n, 'invoice.paid', '2026-01-01'::timestamptz + n / 40 * interval '1 second', 'ignored',
                clock_timestamp() FROM generate_series(1, 120) n
            """
        );
        using var admin = await hydra.SignInAsync(Admin);
        var seen = new List<string>();
        for (var next = ""; next is not null; )
        {
            var page = await GetAsync(admin, $"events?state=ignored&after={next}");
            seen.AddRange(
                page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("event_id").GetString()!)
            );
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
    }

    [Fact]
    public async Task The_switch_is_turned_with_who_and_why()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var admin = await hydra.SignInAsync(Admin);

        await DoneAsync(admin, "switch", new { on = false, why = "an incident" });
        Assert.False(hydra.Service<BillingSwitch>().IsOn);
        Assert.False((await GetAsync(admin, "actions")).GetProperty("billing").GetProperty("is_on").GetBoolean());
        await DoneAsync(admin, "switch", new { on = true, why = "it is over" });

        Assert.Equal(
            $"{Admin}: an incident, {Admin}: it is over",
            await hydra.QueryAsync<string>(
                "SELECT string_agg(author || ': ' || why, ', ' ORDER BY switch_id) FROM billing.switches"
            )
        );
    }

    [Fact]
    public async Task A_dry_run_finds_the_drift_and_repairs_nothing()
    {
        await using var hydra = await HydraHost.StartAsync();
        // none of the daily ones is due
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.reconcile_runs (is_dry_run, started_at, finished_at)
            VALUES (false, clock_timestamp(), clock_timestamp())
            """
        );
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        // and no deadline causes a sync before the run does
        await hydra.QueryAsync<object>(
            "UPDATE billing.sync_leases SET next_due_at = NULL; UPDATE billing.subscriptions SET seats = 77"
        );
        using var admin = await hydra.SignInAsync(Admin);

        var asked = await admin.PostAsJsonAsync("/api/billing/admin/drift", new { }, Token);
        Assert.Equal("started", (await HydraHost.Json(asked)).GetProperty("status").GetString());

        await Eventually.Async(
            async () =>
                await hydra.QueryAsync<bool>(
                    "SELECT EXISTS (SELECT FROM billing.reconcile_runs WHERE is_dry_run AND finished_at IS NOT NULL)"
                ),
            what: "the dry run to end",
            ct: Token
        );
        var drift = await GetAsync(admin, "drift");
        Assert.True(drift.GetProperty("runs")[0].GetProperty("is_dry_run").GetBoolean());
        var found = Assert.Single(drift.GetProperty("findings").EnumerateArray());
        Assert.Equal("acme", found.GetProperty("account").GetString());
        Assert.Contains("Seats: 77 -> 3", found.GetProperty("change").GetString(), StringComparison.Ordinal);
        Assert.Equal(77, await hydra.QueryAsync<int>("SELECT seats FROM billing.subscriptions"));
    }

    private static async Task DoneAsync<TBody>(HttpClient admin, string path, TBody body)
    {
        var answer = await admin.PostAsJsonAsync($"/api/billing/admin/{path}", body, Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
    }

    private static async Task RefusedAsync<TBody>(HttpClient admin, string path, TBody body, int status)
    {
        var answer = await admin.PostAsJsonAsync($"/api/billing/admin/{path}", body, Token);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotNull((await HydraHost.Json(answer)).GetProperty("code").GetString());
    }

    private static Task<JsonElement> GetAsync(HttpClient admin, string page) =>
        admin.GetFromJsonAsync<JsonElement>($"/api/billing/admin/{page}", Token);
}
