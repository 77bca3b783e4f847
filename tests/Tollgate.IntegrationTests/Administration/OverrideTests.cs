using System.Net;
using System.Text.Json;
using Tollgate.Insight;
using Tollgate.Subscriptions;

namespace Tollgate.IntegrationTests.Administration;

public sealed class OverrideTests
{
    private static readonly AccountId Acme = new("acme");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("decision", "S10")]
    public async Task Enterprise_is_set_by_hand_opens_everything_and_time_ends_it()
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
    [Trait("decision", "S10")]
    public async Task A_contract_has_no_end_is_listed_and_falls_to_nothing_by_itself()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var (code, said) = await hydra.CommandAsync([
            "override",
            "set",
            "acme",
            "--plan",
            "enterprise",
            "--why",
            "a contract",
            "--by",
            "sam",
        ]);
        Assert.Equal(0, code);
        Assert.Contains("by override without end, set by sam", said.ReplaceLineEndings(" "), StringComparison.Ordinal);

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(800), Token);
        await hydra.Service<SubscriptionSync>().ProjectAsync(Acme, "a test", Token);

        await hydra.TierBecomesAsync("enterprise");
        for (var i = 0; i < 7; i++)
        {
            var run = await owner.PostAsync("/api/workflows/fix/runs", content: null, Token);
            Assert.Equal(HttpStatusCode.OK, run.StatusCode);
        }

        var status = await HydraHost.Json(await owner.GetAsync("/api/billing/status", Token));
        Assert.Equal("enterprise", status.GetProperty("tier").GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("override").GetProperty("until").ValueKind);
        var listed = await hydra.Service<FindAccounts>().OpenEndedAsync("", 10, Token);
        Assert.Equal(
            ("acme", "enterprise", true),
            (listed.Accounts.Single().Account, listed.Accounts[0].Tier, listed.Accounts[0].IsOverridden)
        );

        await hydra.Service<SetOverride>().ClearAsync(Acme, "sam", "it was ended", Token);
        await hydra.TierBecomesAsync("free");
        Assert.Empty((await hydra.Service<FindAccounts>().OpenEndedAsync("", 10, Token)).Accounts);
    }

    [Fact]
    [Trait("decision", "S10")]
    public async Task A_plan_that_is_sold_is_given_with_an_end_only()
    {
        await using var hydra = await HydraHost.StartAsync();

        var (code, said) = await hydra.CommandAsync(["override", "set", "acme", "--plan", "team", "--why", "a gift"]);

        Assert.Equal(1, code);
        Assert.Contains("An override to team has an end", said.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal("free", await hydra.TenantAsync<string>("plan_tier"));
    }

    [Fact]
    [Trait("fault", "F62")]
    public async Task A_webhook_changes_what_lies_under_an_override_and_not_the_override()
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
