using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Features that Stripe grants beside the plan: its event of a known tenant brings and takes them.</summary>
public sealed class EntitlementTests
{
    private const string Gated = "/gated/jira_integration";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("decision", "S14")]
    public async Task A_feature_that_stripes_entitlement_list_grants_is_open_while_there_is_access()
    {
        await using var hydra = await HydraHost.StartAsync(app =>
            app.MapPost(Gated, () => Results.Ok()).RequireAuthorization().RequireFeature("jira_integration")
        );
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        Assert.Equal(402, await AskAsync(owner));
        var product = await ProductAsync(hydra);
        var feature = await hydra.Stripe.GetAsync("/v1/entitlements/features?lookup_key=jira_integration");
        var attached = await hydra.Stripe.PostAsync(
            $"/v1/products/{product}/features",
            ("entitlement_feature", feature.GetProperty("data")[0].GetProperty("id").GetString()!)
        );

        await BecomesAsync(owner, 200);
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));
        Assert.Contains(
            """{"feature":"jira_integration","granted":true,"granted_by":"entitlement",""",
            await owner.GetStringAsync("/api/billing/features", Token),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "applied",
            await hydra.QueryAsync<string>(
                """
                SELECT state FROM billing.inbox_receipts
                WHERE type = 'entitlements.active_entitlement_summary.updated' ORDER BY received_at DESC LIMIT 1
                """
            )
        );

        await hydra.Stripe.DeleteAsync($"/v1/products/{product}/features/{attached.GetProperty("id").GetString()}");
        await BecomesAsync(owner, 402);
    }

    private static async Task<string?> ProductAsync(HydraHost hydra)
    {
        var id = await hydra.TenantAsync<string>("stripe_subscription_id");
        var item = (await hydra.Stripe.GetAsync($"/v1/subscriptions/{id}")).GetProperty("items").GetProperty("data")[0];
        return item.GetProperty("price").GetProperty("product").GetString();
    }

    private static async Task<int> AskAsync(HttpClient client)
    {
        using var answer = await client.PostAsync(Gated, content: null, Token);
        return (int)answer.StatusCode;
    }

    private static Task BecomesAsync(HttpClient client, int status) =>
        Eventually.Async(
            async () => await AskAsync(client) == status,
            ct: Token,
            what: $"the event of the entitlement to make the gate answer {status}"
        );
}
