using Tollgate.Reconciliation;
using Tollgate.Sandbox.Chaos;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Reconciliation;

/// <summary>What gates nothing by itself may fail to be read alone: the plan rests on what Stripe did say.</summary>
public sealed class StaleReadTests
{
    private const string Entitlements = "/v1/entitlements/active_entitlements*";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.Forbid, "permission_denied")]
    [InlineData(Fault.Fail, "server_error")]
    public async Task Who_paid_has_the_plan_though_entitlements_cannot_be_read_and_they_follow(Fault fault, string why)
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var rule = hydra.Sandbox.Chaos.Add(new ChaosRule(fault) { Path = Entitlements });

        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await Eventually.Async(
            async () => await OpenAsync(hydra, "entitlements_stale") == why,
            ct: Token,
            what: "an alert that says so"
        );
        Assert.Equal("{entitlements}", await hydra.QueryAsync<string>("SELECT stale::text FROM billing.subscriptions"));
        Assert.Equal("active", await hydra.TenantAsync<string>("stripe_subscription_status"));
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();

        hydra.Sandbox.Chaos.Remove(rule.Id);
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(1), Token);

        await Eventually.Async(
            async () => await OpenAsync(hydra, "entitlements_stale") is null,
            ct: Token,
            what: "the alert to end"
        );
        Assert.Equal(
            "{} {custom_agent_rules}",
            await hydra.QueryAsync<string>("SELECT stale::text || ' ' || entitlements::text FROM billing.subscriptions")
        );
    }

    [Fact]
    public async Task Refunds_that_cannot_be_read_leave_what_is_known_of_them_and_follow()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        var rule = hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.Forbid) { Path = "/v1/charges*" });

        var report = await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token);

        Assert.Equal(1, report!.AccountsCompared);
        Assert.Equal("permission_denied", await OpenAsync(hydra, "refunds_stale"));
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));

        hydra.Sandbox.Chaos.Remove(rule.Id);
        await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token);
        Assert.Null(await OpenAsync(hydra, "refunds_stale"));
        Assert.Equal("{}", await hydra.QueryAsync<string>("SELECT stale::text FROM billing.subscriptions"));
    }

    [Fact]
    public async Task A_reconcile_goes_on_past_an_account_that_Stripe_fails_at_and_says_which_it_was()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var acme = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        await hydra.BuyAsync(acme);
        await hydra.BuyAsync(globex);
        await hydra.TierBecomesAsync("team");
        await hydra.TierBecomesAsync("team", "globex");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        await hydra.Stripe.MuteAsync();
        await hydra.Stripe.DeleteAsync(
            $"/v1/subscriptions/{await hydra.TenantAsync<string>("stripe_subscription_id", "globex")}"
        );
        var customer = await hydra.TenantAsync<string>("stripe_customer_id");
        var rule = hydra.Sandbox.Chaos.Add(
            new ChaosRule(Fault.Fail) { Path = "/v1/subscriptions", Customer = customer }
        );

        var report = await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token);

        Assert.Equal((2, 1), (report!.AccountsCompared, report.Repaired));
        Assert.Equal("canceled", await hydra.TenantAsync<string>("stripe_subscription_status", "globex"));
        Assert.Equal("server_error", await OpenAsync(hydra, "account_unreadable"));

        hydra.Sandbox.Chaos.Remove(rule.Id);
        await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token);
        Assert.Null(await OpenAsync(hydra, "account_unreadable"));
    }

    /// <summary>The detail of the open alert; null when there is none.</summary>
    private static Task<string?> OpenAsync(HydraHost hydra, string reason) =>
        hydra.QueryAsync<string>(
            $"SELECT detail FROM billing.alerts WHERE reason = '{reason}' AND resolved_at IS NULL"
        );
}
