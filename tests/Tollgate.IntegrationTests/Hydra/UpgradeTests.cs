using System.Net;

namespace Tollgate.IntegrationTests.Hydra;

public sealed class UpgradeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_free_tenant_meets_the_limit_pays_for_team_and_runs_on()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(
                HttpStatusCode.OK,
                (await owner.PostAsync("/api/workflows/fix/runs", content: null, Token)).StatusCode
            );
        }

        var sixth = await owner.PostAsync("/api/workflows/fix/runs", content: null, Token);
        var problem = await HydraHost.Json(sixth);
        Assert.Equal(HttpStatusCode.PaymentRequired, sixth.StatusCode);
        Assert.Equal("free_tier_limit_reached", problem.GetProperty("code").GetString());
        Assert.Equal((5, 5), (problem.GetProperty("used").GetInt32(), problem.GetProperty("limit").GetInt32()));
        Assert.Equal("fix", problem.GetProperty("workflow_type").GetString());

        var session = await hydra.BuyAsync(owner);
        var success = await HydraHost.Json(await owner.GetAsync($"/api/billing/success?session_id={session}", Token));
        Assert.Contains(success.GetProperty("status").GetString(), new[] { "provisioning", "active" });
        await hydra.TierBecomesAsync("team");

        var status = await HydraHost.Json(await owner.GetAsync("/api/billing/status", Token));
        Assert.Equal("team", status.GetProperty("tier").GetString());
        Assert.Equal(3, status.GetProperty("seats").GetInt32());
        Assert.Equal("active", status.GetProperty("status").GetString());
        Assert.Equal("team_monthly", status.GetProperty("price_id").GetString());
        Assert.Equal("month", status.GetProperty("interval").GetString());
        Assert.Equal(
            HttpStatusCode.OK,
            (await owner.PostAsync("/api/workflows/fix/runs", content: null, Token)).StatusCode
        );
    }

    [Fact]
    [Trait("fault", "F31")]
    public async Task Every_order_of_the_upgrades_four_events_each_twice_ends_in_one_state()
    {
        string[] four =
        [
            "checkout.session.completed",
            "customer.subscription.created",
            "customer.subscription.updated",
            "invoice.paid",
        ];
        await using var hydra = await HydraHost.StartAsync();
        await hydra.Stripe.MuteAsync();
        foreach (var (order, index) in Permutations(four).Select((order, index) => (order, index)))
        {
            var tenant = $"tenant-{index}";
            var customer = await UpgradeSilentlyAsync(hydra, tenant);
            var events = (await hydra.Stripe.EventsAsync(customer)).ToLookup(item => item.Type, item => item.Body);
            foreach (var type in order)
            {
                foreach (var body in events[type].SelectMany(body => new[] { body, body }))
                {
                    Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(body)).StatusCode);
                }

                await hydra.QuietAsync();
            }

            Assert.Equal("team active 3 true", await StateAsync(hydra, tenant));
            Assert.Equal(
                1L,
                await hydra.QueryAsync<long>(
                    $"SELECT count(*) FROM billing.outbox WHERE account_id = '{tenant}' AND kind = 'plan_activated'"
                )
            );
        }
    }

    [Fact]
    [Trait("liveness", "L08")]
    public async Task A_payer_whose_events_are_all_lost_has_access_a_minute_after_coming_back()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.Stripe.MuteAsync();
        var session = await hydra.BuyAsync(owner);

        var success = await HydraHost.Json(await owner.GetAsync($"/api/billing/success?session_id={session}", Token));
        Assert.Equal("provisioning", success.GetProperty("status").GetString());
        Assert.Equal("free", await hydra.TenantAsync<string>("plan_tier"));
        Assert.NotNull(await hydra.TenantAsync<string>("stripe_subscription_id"));

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromSeconds(61), Token);
        await hydra.TierBecomesAsync("team");
    }

    private static async Task<string> UpgradeSilentlyAsync(HydraHost hydra, string tenant)
    {
        var account = new AccountId(tenant);
        await hydra.Service<Accounts.OpenAccount>().RunAsync(account, tenant, $"billing@{tenant}.test", Token);
        var url = await hydra
            .Service<Checkout.StartCheckout>()
            .RunAsync(account, "team_monthly", 3, currency: null, Token);
        await hydra.Stripe.PayCheckoutAsync(url.Value!.AbsoluteUri, "4242424242424242");
        return (await hydra.TenantAsync<string>("stripe_customer_id", tenant))!;
    }

    private static Task<string?> StateAsync(HydraHost hydra, string tenant) =>
        hydra.TenantAsync<string>(
            "concat_ws(' ', plan_tier, stripe_subscription_status, stripe_seat_count, "
                + "(stripe_current_period_end IS NOT NULL)::text)",
            tenant
        );

    private static IEnumerable<string[]> Permutations(string[] items) =>
        items.Length <= 1
            ? [items]
            : items.SelectMany(first =>
                Permutations([.. items.Where(item => item != first)]).Select(rest => (string[])[first, .. rest])
            );
}
