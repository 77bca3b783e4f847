using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Tollgate.Catalog;
using Tollgate.Sandbox;
using Tollgate.Subscriptions;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>What <c>setup</c> makes at Stripe, of nothing and of a part.</summary>
public sealed class SetupCommandTests
{
    private static readonly string[] HydraFeatures =
    [
        "custom_agent_rules",
        "unlimited_repos",
        "jira_integration",
        "audit_logs",
        "usage_reporting",
        "priority_fix_queue",
    ];

    private static readonly string[] Kinds =
    [
        "products",
        "prices",
        "entitlements/features",
        "billing_portal/configurations",
        "webhook_endpoints",
    ];

    // products, prices, features and what grants them, portals, the endpoint
    private static readonly string[] Expected =
    [
        "product Hydra Team",
        "price team_monthly, 20.00 usd a month",
        "price team_annual, 192.00 usd a year",
        "product Hydra Business",
        "price business_monthly, 40.00 usd a month",
        "price business_annual, 384.00 usd a year",
        .. HydraFeatures.Select(feature => $"feature {feature}"),
        "Team grants custom_agent_rules",
        .. HydraFeatures.Select(feature => $"Business grants {feature}"),
        "billing portal, monthly",
        "billing portal, yearly",
        "webhook endpoint",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setup_makes_everything_in_an_account_that_has_nothing_and_finds_it_the_second_time()
    {
        await using var empty = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, Token);
        var stripe = new SandboxApi(empty.BaseAddress);
        await using var hydra = await HydraHost.StartAsync();
        var configuration = hydra.Service<IConfiguration>();
        configuration["STRIPE_API_BASE"] = empty.BaseAddress.AbsoluteUri;

        var (_, plan) = await hydra.CommandAsync("setup");
        Assert.Equal(Expected.Select(what => $"would make {what}"), Steps(plan));
        Assert.Equal("0 0 0 0 0", await CountsAsync(stripe));

        var (code, done) = await hydra.CommandAsync("setup", "--yes");
        Assert.Equal(0, code);
        Assert.Equal(Expected.Select(what => $"made {what}"), Steps(done));
        Assert.Equal("2 4 6 2 1", await CountsAsync(stripe));
        Assert.Equal(
            [
                "STRIPE_BUSINESS_ANNUAL_PRICE_ID=price_...",
                "STRIPE_BUSINESS_MONTHLY_PRICE_ID=price_...",
                "STRIPE_PORTAL_CONFIG_ID=bpc_...",
                "STRIPE_TEAM_ANNUAL_PRICE_ID=price_...",
                "STRIPE_TEAM_MONTHLY_PRICE_ID=price_...",
                "STRIPE_WEBHOOK_SECRET=whsec_...",
            ],
            Settings(done)
        );

        var (_, again) = await hydra.CommandAsync("setup", "--yes");
        Assert.Equal(Expected.Select(what => $"found {what}"), Steps(again));
        Assert.DoesNotContain("STRIPE_WEBHOOK_SECRET", again, StringComparison.Ordinal);
        Assert.Equal(5, Settings(again).Count);

        var (_, rolled) = await hydra.CommandAsync("setup", "--yes", "--roll-secret");
        Assert.Contains("STRIPE_WEBHOOK_SECRET=whsec_", rolled, StringComparison.Ordinal);
        Assert.Single(await ListAsync(stripe, "webhook_endpoints"));
    }

    [Fact]
    public async Task Setup_registers_the_endpoint_at_the_address_that_is_typed()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.Stripe.MuteAsync();

        var (code, done) = await hydra.CommandAsync("setup", "--yes", "--webhook-url", "https://api.acme.test/hooks");

        Assert.True(code == 0, done);
        var endpoint = Assert.Single(await ListAsync(hydra.Stripe, "webhook_endpoints"));
        Assert.Equal("https://api.acme.test/hooks", endpoint.GetProperty("url").GetString());
        Assert.Equal(
            EventRoutes.TypesFor(hydra.Service<PlanCatalog>()).Order(StringComparer.Ordinal),
            endpoint
                .GetProperty("enabled_events")
                .EnumerateArray()
                .Select(one => one.GetString()!)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Setup_needs_the_key_alone_and_says_what_is_left_until_the_address_is_known()
    {
        await using var empty = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, Token);
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["STRIPE_SECRET_KEY"] = "sk_test_aaaaaaaaaaaa",
            ["STRIPE_API_BASE"] = empty.BaseAddress.AbsoluteUri,
        };

        await using var nowhere = ProductProcess.Type("Hydra", environment, "setup", "--yes");
        Assert.True(await nowhere.ExitCodeAsync() == 0, nowhere.Errors);
        Assert.Contains("The webhook endpoint: setup --yes again", nowhere.Output, StringComparison.Ordinal);
        Assert.Equal("2 4 6 2 0", await CountsAsync(new SandboxApi(empty.BaseAddress)));

        string[] typed = ["setup", "--webhook-url", "https://api.acme.test/hooks"];
        await using var somewhere = ProductProcess.Type("Hydra", environment, typed);
        Assert.True(await somewhere.ExitCodeAsync() == 0, somewhere.Errors);
        Assert.Contains(
            "would make   webhook endpoint https://api.acme.test/hooks",
            somewhere.Output,
            StringComparison.Ordinal
        );
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(SandboxApi stripe, string kind) =>
        [.. (await stripe.GetAsync($"/v1/{kind}")).GetProperty("data").EnumerateArray()];

    private static async Task<string> CountsAsync(SandboxApi stripe) =>
        string.Join(' ', await Task.WhenAll(Kinds.Select(async kind => (await ListAsync(stripe, kind)).Count)));

    private static IEnumerable<string> Steps(string output) =>
        output
            .Split('\n')
            .TakeWhile(line => line.Trim().Length > 0)
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .Select(line => line.Split(" http://")[0]);

    private static List<string> Settings(string output) =>
        [
            .. output
                .Split('\n')
                .Where(line => line.StartsWith("STRIPE_", StringComparison.Ordinal))
                .Select(line => line[..(line.IndexOf('_', line.IndexOf('=', StringComparison.Ordinal)) + 1)] + "...")
                .Order(StringComparer.Ordinal),
        ];
}
