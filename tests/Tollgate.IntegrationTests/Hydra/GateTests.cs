using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tollgate.Access;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

public sealed class GateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void AddGated(WebApplication app)
    {
        foreach (var feature in new[] { "custom_agent_rules", "jira_integration" })
        {
            app.MapPost($"/gated/{feature}", () => Results.Ok()).RequireAuthorization().RequireFeature(feature);
        }

        app.MapPost("/gated-alone", () => Results.Ok()).RequireFeature("jira_integration");
    }

    [Fact]
    public async Task A_gate_follows_the_plan_as_it_comes_and_goes()
    {
        await using var hydra = await HydraHost.StartAsync(AddGated);
        using var owner = await hydra.SignInAsync();
        Assert.Equal((402, "subscription_required", "plan_required"), await AskAsync(owner, "custom_agent_rules"));
        Assert.Equal((402, "subscription_required", "plan_required"), await AskAsync(owner, "jira_integration"));

        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.QuietAsync();
        Assert.Equal((200, null, null), await AskAsync(owner, "custom_agent_rules"));
        Assert.Equal((402, "feature_not_available", null), await AskAsync(owner, "jira_integration"));

        await hydra.Stripe.DeleteAsync(
            $"/v1/subscriptions/{await hydra.TenantAsync<string>("stripe_subscription_id")}"
        );
        await hydra.StatusBecomesAsync("canceled");
        Assert.Equal((200, null, null), await AskAsync(owner, "custom_agent_rules"));
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(32), Token);
        Assert.Equal((402, "subscription_required", "subscription_ended"), await AskAsync(owner, "custom_agent_rules"));
    }

    [Fact]
    public async Task A_gate_that_knows_the_account_asks_nothing_and_allocates_nothing()
    {
        await using var hydra = await HydraHost.StartAsync();
        var gate = hydra.Service<AccessGate>();
        var acme = new AccountId("acme");
        await Eventually.Async(
            () =>
            {
                var first = gate.DecideAsync(acme, Token);
                return first.IsCompletedSuccessfully;
            },
            ct: Token
        );

        var before = GC.GetAllocatedBytesForCurrentThread();
        var free = 0;
        for (var i = 0; i < 1000; i++)
        {
            var answer = gate.DecideAsync(acme, Token);
            free += answer is { IsCompletedSuccessfully: true, Result.Decision.Denial: DenialReason.PlanRequired }
                ? 1
                : 0;
        }

        Assert.Equal((1000, 0), (free, GC.GetAllocatedBytesForCurrentThread() - before));
    }

    [Fact]
    public async Task A_gate_does_not_stand_in_for_authentication()
    {
        await using var hydra = await HydraHost.StartAsync(AddGated);
        using var stranger = hydra.Anonymous();

        foreach (var path in new[] { "/gated/jira_integration", "/gated-alone" })
        {
            var answer = await stranger.PostAsync(path, content: null, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task I23_with_the_switch_off_no_gate_denies()
    {
        await using var hydra = await HydraHost.StartAsync(AddGated, "--BILLING_ENABLED=false");
        using var owner = await hydra.SignInAsync();

        Assert.Equal((200, null, null), await AskAsync(owner, "jira_integration"));
    }

    private static async Task<(int Status, string? Code, string? Reason)> AskAsync(HttpClient client, string feature)
    {
        var answer = await client.PostAsync($"/gated/{feature}", content: null, Token);
        if (answer.IsSuccessStatusCode)
        {
            return ((int)answer.StatusCode, null, null);
        }

        var problem = await HydraHost.Json(answer);
        Assert.Equal(feature, problem.GetProperty("feature").GetString());
        Assert.EndsWith("/billing/upgrade", problem.GetProperty("upgrade_url").GetString(), StringComparison.Ordinal);
        var reason = problem.TryGetProperty("reason", out var given) ? given.GetString() : null;
        return ((int)answer.StatusCode, problem.GetProperty("code").GetString(), reason);
    }
}
