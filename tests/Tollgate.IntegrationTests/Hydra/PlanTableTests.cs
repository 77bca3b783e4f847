using System.Text.Json;
using Tollgate.Subscriptions;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>The rows of the plan table that no other test holds, typed again.</summary>
public sealed class PlanTableTests
{
    private static readonly Dictionary<string, int> FreeLimits = new()
    {
        ["fix"] = 5,
        ["doc_run"] = 1,
        ["linear_cycle"] = 5,
    };

    private static readonly string[] Unmetered = ["review", "triage", "release_notes", "dependency_update"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_prices_per_seat_stand_at_Stripe_and_a_year_is_a_fifth_off()
    {
        await using var hydra = await HydraHost.StartAsync();

        var prices = (await hydra.Stripe.GetAsync("/v1/prices?limit=100")).GetProperty("data").EnumerateArray();
        var shown = prices.ToDictionary(
            price => price.GetProperty("lookup_key").GetString()!.Replace("hydra_", "", StringComparison.Ordinal),
            price =>
                (
                    price.GetProperty("unit_amount").GetInt32(),
                    price.GetProperty("currency").GetString(),
                    price.GetProperty("recurring").GetProperty("interval").GetString(),
                    price.GetProperty("recurring").GetProperty("usage_type").GetString()
                )
        );

        Assert.Equal(4, shown.Count);
        Assert.Equal((20_00, "usd", "month", "licensed"), shown["team_monthly"]);
        Assert.Equal((192_00, "usd", "year", "licensed"), shown["team_annual"]);
        Assert.Equal((40_00, "usd", "month", "licensed"), shown["business_monthly"]);
        Assert.Equal((384_00, "usd", "year", "licensed"), shown["business_annual"]);
        Assert.Equal(48_00, (12 * 20_00) - shown["team_annual"].Item1);
        Assert.Equal(96_00, (12 * 40_00) - shown["business_annual"].Item1);
    }

    [Fact]
    public async Task A_free_tenant_and_an_enterprise_one_have_nothing_at_Stripe()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await RunAsync(owner, "fix");
        var until = hydra.Sandbox.Clock.GetUtcNow() + TimeSpan.FromDays(365);
        await hydra.Service<SetOverride>().RunAsync(new AccountId("acme"), "enterprise", "sam", "sold", until, Token);
        await hydra.TierBecomesAsync("enterprise");
        await RunAsync(owner, "fix");

        Assert.Empty(await ListAsync(hydra, "customers"));
        Assert.Empty(await ListAsync(hydra, "subscriptions?status=all"));
        Assert.True(await hydra.TenantAsync<bool>("stripe_customer_id IS NULL AND stripe_subscription_id IS NULL"));
    }

    [Theory]
    [InlineData("team")]
    [InlineData("business")]
    [InlineData("enterprise")]
    public async Task Free_runs_each_meter_to_its_limit_and_a_paid_plan_runs_all_seven_on_and_is_counted(string paid)
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        foreach (var (workflow, limit) in FreeLimits)
        {
            for (var run = 1; run <= limit; run++)
            {
                Assert.Equal((workflow, 200), (workflow, await RunAsync(owner, workflow)));
            }

            Assert.Equal((workflow, 402), (workflow, await RunAsync(owner, workflow)));
        }

        await EachRunsAsync(owner, Unmetered);
        await ComesToAsync(hydra, owner, paid);
        await EachRunsAsync(owner, [.. FreeLimits.Keys, .. Unmetered]);
        Assert.Equal(
            "6 2 6",
            await hydra.TenantAsync<string>(
                "concat_ws(' ', free_tier_fixes_used, free_tier_doc_runs_used, free_tier_cycles_used)"
            )
        );
    }

    [Fact]
    public async Task Ten_seats_of_Team_for_a_year_are_one_invoice_of_1920_dollars_on_the_first_day()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();

        await hydra.BuyAsync(owner, "team_annual", seats: 10);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(200), Token);

        var invoice = Assert.Single(await ListAsync(hydra, "invoices"));
        Assert.Equal(1920_00, invoice.GetProperty("amount_paid").GetInt64());
    }

    private static async Task ComesToAsync(HydraHost hydra, HttpClient owner, string plan)
    {
        if (plan == "enterprise")
        {
            var until = hydra.Sandbox.Clock.GetUtcNow() + TimeSpan.FromDays(365);
            await hydra.Service<SetOverride>().RunAsync(new AccountId("acme"), plan, "sam", "sold", until, Token);
        }
        else
        {
            await hydra.BuyAsync(owner, $"{plan}_monthly");
        }

        await hydra.TierBecomesAsync(plan);
    }

    private static async Task EachRunsAsync(HttpClient owner, string[] workflows)
    {
        foreach (var workflow in workflows)
        {
            Assert.Equal((workflow, 200), (workflow, await RunAsync(owner, workflow)));
        }
    }

    private static async Task<int> RunAsync(HttpClient owner, string workflow)
    {
        var answer = await owner.PostAsync($"/api/workflows/{workflow}/runs", content: null, Token);
        return (int)answer.StatusCode;
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(HydraHost hydra, string what) =>
        [.. (await hydra.Stripe.GetAsync($"/v1/{what}")).GetProperty("data").EnumerateArray()];
}
