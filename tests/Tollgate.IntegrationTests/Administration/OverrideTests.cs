using System.Net;
using Tollgate.Subscriptions;

namespace Tollgate.IntegrationTests.Administration;

public sealed class OverrideTests
{
    private static readonly AccountId Acme = new("acme");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S10_enterprise_is_set_by_hand_opens_everything_and_time_ends_it()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var until = hydra.Sandbox.Clock.GetUtcNow() + TimeSpan.FromDays(10);
        await hydra.Service<SetOverride>().RunAsync(Acme, "enterprise", "sam", "signed", until, Token);

        await hydra.TierBecomesAsync("enterprise");
        for (var i = 0; i < 7; i++)
        {
            var run = await owner.PostAsync("/api/workflows/fix/runs", content: null, Token);
            Assert.Equal(HttpStatusCode.OK, run.StatusCode);
        }

        var status = await HydraHost.Json(await owner.GetAsync("/api/billing/status", Token));
        Assert.Equal("enterprise", status.GetProperty("tier").GetString());
        Assert.Equal("enterprise", status.GetProperty("override").GetProperty("tier").GetString());
        Assert.StartsWith(
            "override by sam: signed",
            await hydra.QueryAsync<string>("SELECT cause FROM billing.audit WHERE account_id = 'acme'"),
            StringComparison.Ordinal
        );

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(11), Token);
        status = await HydraHost.Json(await owner.GetAsync("/api/billing/status", Token));
        Assert.Equal("free", status.GetProperty("tier").GetString());
        await hydra.TierBecomesAsync("free");
    }

    [Fact]
    public async Task F62_a_webhook_changes_what_lies_under_an_override_and_not_the_override()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var overrides = hydra.Service<SetOverride>();
        var until = hydra.Sandbox.Clock.GetUtcNow() + TimeSpan.FromDays(10);
        await overrides.RunAsync(Acme, "business", "sam", "a trial", until, Token);

        await hydra.BuyAsync(owner);
        await hydra.StatusBecomesAsync("active");
        Assert.Equal("business", await hydra.TenantAsync<string>("plan_tier"));
        Assert.Equal("team", await hydra.QueryAsync<string>("SELECT plan FROM billing.subscriptions"));

        await overrides.ClearAsync(Acme, "sam", "over", Token);
        await hydra.TierBecomesAsync("team");
    }

    [Fact]
    public async Task An_override_to_no_plan_of_no_account_or_in_the_past_is_refused_aloud()
    {
        await using var hydra = await HydraHost.StartAsync();
        var overrides = hydra.Service<SetOverride>();
        var now = hydra.Sandbox.Clock.GetUtcNow();
        var later = now + TimeSpan.FromDays(1);

        await Assert.ThrowsAsync<ArgumentException>(() => overrides.RunAsync(Acme, "gold", "s", "r", later, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => overrides.RunAsync(Acme, "team", "s", "r", now, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => overrides.RunAsync(Acme, "team", "", "r", later, Token));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            overrides.RunAsync(new AccountId("nobody"), "team", "s", "r", later, Token)
        );
    }
}
