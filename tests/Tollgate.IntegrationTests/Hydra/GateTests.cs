using System.Net;
using System.Net.Http.Json;
using System.Text;
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
    [Trait("invariant", "I23")]
    public async Task With_the_switch_off_no_gate_denies()
    {
        await using var hydra = await HydraHost.StartAsync(AddGated, "--BILLING_ENABLED=false");
        using var owner = await hydra.SignInAsync();

        Assert.Equal((200, null, null), await AskAsync(owner, "jira_integration"));
    }

    /// <summary>The rows of the plan table, typed again: which plans have the feature.</summary>
    private static readonly Dictionary<string, string[]> PlansWith = new()
    {
        ["custom_agent_rules"] = ["team", "business", "enterprise"],
        ["unlimited_repos"] = ["business", "enterprise"],
        ["jira_integration"] = ["business", "enterprise"],
        ["audit_logs"] = ["business", "enterprise"],
        ["usage_reporting"] = ["business", "enterprise"],
        ["priority_fix_queue"] = ["business", "enterprise"],
        ["sso_saml"] = ["enterprise"],
        ["full_rbac"] = ["enterprise"],
        ["vpc_compliance"] = ["enterprise"],
    };

    [Fact]
    public async Task Every_feature_is_open_to_its_plans_and_closed_to_the_others_in_every_form_of_gate()
    {
        await using var hydra = await HydraHost.StartAsync(AddEveryForm);
        foreach (var plan in new[] { "free", "team", "business", "enterprise" })
        {
            var (client, tenant) = await OnPlanAsync(hydra, plan);
            using var signedIn = client;
            var listed = (await HydraHost.Json(await client.GetAsync("/api/billing/features", Token)))
                .GetProperty("features")
                .EnumerateArray()
                .ToDictionary(one => one.GetProperty("feature").GetString()!);
            Assert.Equal(PlansWith.Keys.Order(), listed.Keys.Order());
            foreach (var (feature, plans) in PlansWith)
            {
                var isOpen = plans.Contains(plan);
                (int, string?, string?) expected =
                    isOpen ? (200, null, null)
                    : plan == "free" ? (402, "subscription_required", "plan_required")
                    : (402, "feature_not_available", null);
                var refusal = await hydra.Service<AccessGate>().RefuseAsync(new AccountId(tenant), feature, Token);

                Assert.Equal(expected, await AskAsync(client, feature));
                Assert.Equal(expected, await AskAsync(client, feature, "/attributed"));
                Assert.Equal(expected.Item2, refusal?.Code);
                Assert.Equal(isOpen, listed[feature].GetProperty("granted").GetBoolean());
                Assert.Equal(isOpen ? "plan" : "none", listed[feature].GetProperty("granted_by").GetString());
                Assert.Equal(
                    plans,
                    listed[feature].GetProperty("plans").EnumerateArray().Select(one => one.GetString()!)
                );
            }

            await HydrasOwnEndpointsAgreeAsync(client, plan);
        }
    }

    [Fact]
    [Trait("abuse", "X16")]
    public async Task A_role_that_is_missing_is_403_whatever_the_plan_lacks()
    {
        await using var hydra = await HydraHost.StartAsync(app =>
            app.MapPost("/gated/jira_integration", () => Results.Ok())
                .RequireAuthorization(policy => policy.RequireRole("nobody-has-this"))
                .RequireFeature("jira_integration")
        );
        using var owner = await hydra.SignInAsync();

        var answer = await owner.PostAsync("/gated/jira_integration", content: null, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static void AddEveryForm(WebApplication app)
    {
        foreach (var feature in PlansWith.Keys)
        {
            app.MapPost($"/gated/{feature}", () => Results.Ok()).RequireFeature(feature);
        }

        app.MapPost("/attributed/custom_agent_rules", [RequireFeature("custom_agent_rules")] () => Results.Ok());
        app.MapPost("/attributed/unlimited_repos", [RequireFeature("unlimited_repos")] () => Results.Ok());
        app.MapPost("/attributed/jira_integration", [RequireFeature("jira_integration")] () => Results.Ok());
        app.MapPost("/attributed/audit_logs", [RequireFeature("audit_logs")] () => Results.Ok());
        app.MapPost("/attributed/usage_reporting", [RequireFeature("usage_reporting")] () => Results.Ok());
        app.MapPost("/attributed/priority_fix_queue", [RequireFeature("priority_fix_queue")] () => Results.Ok());
        app.MapPost("/attributed/sso_saml", [RequireFeature("sso_saml")] () => Results.Ok());
        app.MapPost("/attributed/full_rbac", [RequireFeature("full_rbac")] () => Results.Ok());
        app.MapPost("/attributed/vpc_compliance", [RequireFeature("vpc_compliance")] () => Results.Ok());
    }

    /// <summary>A tenant of its own on the plan: bought, or for Enterprise written as an administrator would.</summary>
    private static async Task<(HttpClient Owner, string Tenant)> OnPlanAsync(HydraHost hydra, string plan)
    {
        var owner = await hydra.SignUpAsync($"{plan}@plans.test", plan);
        var me = await HydraHost.Json(await owner.GetAsync("/api/me", Token));
        var tenant = me.GetProperty("tenant").GetProperty("id").GetString()!;
        if (plan is "team" or "business")
        {
            await hydra.BuyAsync(owner, $"{plan}_monthly", seats: 1);
            await hydra.TierBecomesAsync(plan, tenant);
            await hydra.QuietAsync();
        }
        else if (plan == "enterprise")
        {
            await hydra.QueryAsync<object>(
                $"""
                INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
                    VALUES ('sub_of_{tenant}', '{tenant}', clock_timestamp());
                INSERT INTO billing.subscriptions (account_id, plan, subscription_id, status, entitlements, version)
                    VALUES ('{tenant}', 'enterprise', 'sub_of_{tenant}', 'active', ARRAY[]::text[], 1);
                """
            );
        }

        return (owner, tenant);
    }

    private static async Task HydrasOwnEndpointsAgreeAsync(HttpClient owner, string plan)
    {
        (string Feature, HttpMethod Method, string Path, string? Body)[] endpoints =
        [
            ("custom_agent_rules", HttpMethod.Put, "/api/agent-rules", """{"text":"Be brief."}"""),
            ("jira_integration", HttpMethod.Post, "/api/jira/issues", """{"title":"A test fails"}"""),
            ("audit_logs", HttpMethod.Get, "/api/audit-logs", null),
            ("usage_reporting", HttpMethod.Get, "/api/usage-report", null),
            ("sso_saml", HttpMethod.Put, "/api/settings/sso", """{"text":"https://idp.test/metadata"}"""),
            ("full_rbac", HttpMethod.Put, "/api/settings/roles", """{"text":"reviewer"}"""),
            ("vpc_compliance", HttpMethod.Get, "/api/settings/vpc", null),
        ];
        foreach (var (feature, method, path, body) in endpoints)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            var answer = await owner.SendAsync(request, Token);
            Assert.Equal((path, PlansWith[feature].Contains(plan) ? 200 : 402), (path, (int)answer.StatusCode));
        }

        var run = await HydraHost.Json(await owner.PostAsync("/api/workflows/fix/runs", content: null, Token));
        Assert.Equal(PlansWith["priority_fix_queue"].Contains(plan), run.GetProperty("priority").GetBoolean());
        for (var i = 0; i < 6; i++)
        {
            var connected = await owner.PostAsJsonAsync("/api/repos", new { name = $"a/{i}" }, Token);
            Assert.Equal((i, plan == "team" && i == 5 ? 402 : 200), (i, (int)connected.StatusCode));
        }
    }

    private static async Task<(int Status, string? Code, string? Reason)> AskAsync(
        HttpClient client,
        string feature,
        string under = "/gated"
    )
    {
        var answer = await client.PostAsync($"{under}/{feature}", content: null, Token);
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
