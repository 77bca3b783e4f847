using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MyApp;
using Tollgate.Catalog;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Guides;

/// <summary>What the guides say of their app is so.</summary>
public sealed class GuideAppTests(GuideApp guide) : IClassFixture<GuideApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Declare_plans_the_plans_are_shown_in_each_currency_and_at_Stripe()
    {
        using var caller = await guide.SignInAsync("declare@example.com");

        var inDollars = await PricesAsync(caller, "/api/billing/plans");
        var inEuros = await PricesAsync(caller, "/api/billing/plans?currency=eur");
        Assert.Equal([2000, 19200], inDollars);
        Assert.Equal([1800, 17200], inEuros);

        var (code, setup) = await guide.Product.CommandAsync("setup");
        Assert.Equal(0, code);
        Assert.Contains("team_monthly", setup, StringComparison.Ordinal);
        var features = await guide.Product.Stripe.GetAsync("/v1/entitlements/features");
        Assert.Contains(
            "my_app_export",
            features.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("lookup_key").GetString())
        );
    }

    [Fact]
    public void Declare_plans_a_contradiction_is_named_with_its_place()
    {
        var plan = new Plan("team", "Team") { Features = ["exprot"] };
        var catalog = new PlanCatalog("My app", [plan], [], ["export"]);

        var faults = string.Join(' ', catalog.FindFaults());

        Assert.Contains("exprot", faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_an_endpoint_a_controller_and_a_job_open_with_the_plan()
    {
        using var stranger = guide.Product.Stranger();
        using var nobody = await stranger.GetAsync("/export", Token);
        Assert.NotEqual(HttpStatusCode.OK, nobody.StatusCode);
        using var caller = await guide.SignInAsync("gate@example.com");
        var account = new AccountId("gate@example.com");
        var job = guide.Product.Service<NightlyExport>();

        var (status, text) = await caller.GetAsync("/export");
        var refused = JsonDocument.Parse(text).RootElement;
        Assert.Equal(HttpStatusCode.PaymentRequired, status);
        Assert.Equal("subscription_required", refused.GetProperty("code").GetString());
        Assert.Equal("export", refused.GetProperty("feature").GetString());
        Assert.Equal("gate@example.com gets no export: subscription_required", await job.RunAsync(account, Token));

        await caller.BuyAsync("team_monthly");

        await Eventually.Async(
            async () => (await caller.GetAsync("/export")).Status == HttpStatusCode.OK,
            ct: Token,
            what: "the gate to open"
        );
        Assert.Equal("gate@example.com gets everything", await job.RunAsync(account, Token));
        Assert.Equal(HttpStatusCode.PaymentRequired, (await caller.GetAsync("/audit")).Status);

        Assert.Equal(
            0,
            (
                await guide.Product.CommandAsync(
                    "override",
                    "set",
                    "gate@example.com",
                    "--plan",
                    "enterprise",
                    "--why",
                    "signed on paper"
                )
            ).Code
        );
        await Eventually.Async(
            async () => (await caller.GetAsync("/audit")).Text == "who did what",
            ct: Token,
            what: "the plan that was set by hand"
        );
    }

    [Fact]
    public async Task Meter_what_fails_and_what_is_repeated_does_not_count()
    {
        using var caller = await guide.SignInAsync("meter@example.com");
        using var failed = await caller.SendAsync(HttpMethod.Post, "/reports?rows=0");
        Assert.Equal(HttpStatusCode.BadRequest, failed.StatusCode);
        Assert.Equal((0, 3), await ReportsAsync(caller));

        using var done = await caller.SendAsync(HttpMethod.Post, "/reports?rows=7", "one");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        using var repeated = await caller.SendAsync(HttpMethod.Post, "/reports?rows=7", "one");
        await RunningProduct.RefusedAsync(repeated, 409, "run_already_counted");
        Assert.Equal((1, 3), await ReportsAsync(caller));

        var queue = guide.Product.Service<ReportQueue>();
        var account = new AccountId("meter@example.com");
        Assert.Equal("a report", await queue.RunAsync(account, "job-1", () => Task.FromResult("a report"), Token));
        await Assert.ThrowsAsync<TimeoutException>(() =>
            queue.RunAsync(account, "job-2", () => throw new TimeoutException(), Token)
        );
        Assert.Equal((2, 3), await ReportsAsync(caller));

        using var third = await caller.SendAsync(HttpMethod.Post, "/reports?rows=7");
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        using var fourth = await caller.SendAsync(HttpMethod.Post, "/reports?rows=7");
        var problem = await RunningProduct.RefusedAsync(fourth, 402, "free_tier_limit_reached");
        Assert.Equal((3, 3), (problem.GetProperty("used").GetInt32(), problem.GetProperty("limit").GetInt32()));
        Assert.Equal(
            "free_tier_limit_reached",
            await queue.RunAsync(account, "job-3", () => Task.FromResult("a report"), Token)
        );
    }

    [Fact]
    public async Task Own_pages_show_components_and_sell_without_them()
    {
        using var caller = await guide.SignInAsync("pages@example.com");
        foreach (
            var (page, component) in new[]
            {
                ("/billing/upgrade", "<tg-plan-table"),
                ("/billing/success", "<tg-checkout-success"),
                ("/settings/billing", "<tg-billing-summary"),
                ("/pricing", "action=\"/buy\""),
            }
        )
        {
            var (status, text) = await caller.GetAsync(page);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains(component, text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/tollgate/tollgate.js")).Status);

        using var bought = await caller.SendAsync(HttpMethod.Post, "/buy");
        Assert.True(bought.StatusCode == HttpStatusCode.Redirect, await bought.Content.ReadAsStringAsync(Token));
        await caller.PayAsync(bought.Headers.Location!.AbsoluteUri);
        Assert.Equal(
            "team_monthly",
            (await caller.ReadAsync("/api/billing/status")).GetProperty("price_id").GetString()
        );

        using var again = await caller.SendAsync(HttpMethod.Post, "/buy");
        await RunningProduct.RefusedAsync(again, 409, "already_subscribed");
    }

    private static async Task<IEnumerable<long>> PricesAsync(GuideCaller caller, string path) =>
        (await caller.ReadAsync(path))
            .GetProperty("plans")
            .EnumerateArray()
            .SelectMany(plan => plan.GetProperty("prices").EnumerateArray())
            .Select(price => price.GetProperty("unit_amount").GetInt64());

    private static async Task<(int Used, int Limit)> ReportsAsync(GuideCaller caller)
    {
        var reports = (await caller.ReadAsync("/api/billing/status")).GetProperty("limits").GetProperty("reports");
        return (reports.GetProperty("used").GetInt32(), reports.GetProperty("limit").GetInt32());
    }
}
