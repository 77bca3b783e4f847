using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Tollgate.Catalog;
using Tollgate.Commands;
using Tollgate.Sandbox;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>A catalog that was published is pulled as it was, a grown account as far as Stripe knows it.</summary>
public sealed class CatalogPullTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("catalog-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string PathOfFile => Path.Combine(folder.FullName, "plans.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_published_is_pulled_as_the_same_plans_prices_and_features_and_nothing_differs_then()
    {
        await using var account = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, Token);
        await using var hydra = await StartAtAsync(account);
        Assert.Equal(0, (await hydra.CommandAsync("setup", "--yes")).Code);
        var stripe = new SandboxApi(account.BaseAddress);
        var before = await EventsAsync(stripe);

        var (code, said) = await hydra.CommandAsync("catalog", "pull", "--output", PathOfFile);

        Assert.True(code == 0, said);
        Assert.DoesNotContain("Left out", said, StringComparison.Ordinal);
        Assert.Contains("meters, and what each plan allows of them", said, StringComparison.Ordinal);
        Assert.Equal(before, await EventsAsync(stripe));
        var pulled = CatalogFile.Read(PathOfFile);
        var catalog = hydra.Service<PlanCatalog>();
        Assert.Equal((catalog.Product, catalog.Key, ""), (pulled.Product, pulled.Key, pulled.FeaturePrefix));
        Assert.Equal(SoldOf(catalog), SoldOf(pulled));

        await using var host = HostOf(pulled, account);
        var url = (await stripe.GetAsync("/v1/webhook_endpoints")).GetProperty("data")[0].GetProperty("url");
        string[] diff = ["setup", "--diff", "--webhook-url", url.GetString()!];
        var (different, shown) = await RunAsync(host, diff);
        Assert.True(different == 0, shown);
    }

    [Fact]
    public async Task All_pages_are_read_and_a_file_that_is_there_is_written_over_only_by_force()
    {
        await using var account = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, Token);
        await using var hydra = await StartAtAsync(account);
        var stripe = new SandboxApi(account.BaseAddress);
        string[] pull = ["catalog", "pull", "--output", PathOfFile];
        var (none, nothing) = await hydra.CommandAsync(pull);
        Assert.Equal((1, false), (none, File.Exists(PathOfFile)));
        Assert.Contains("Stripe has no active product", nothing, StringComparison.Ordinal);

        // one more than a page of Stripe's holds
        for (var number = 100; number <= 200; number++)
        {
            var product = await stripe.PostAsync(
                "/v1/products",
                ("name", $"Plan {number}"),
                ("marketing_features[0][name]", "Fast")
            );
            await stripe.PostAsync(
                "/v1/prices",
                ("product", product.GetProperty("id").GetString()!),
                ("currency", "usd"),
                ("unit_amount", $"{number}"),
                ("recurring[interval]", "month")
            );
        }

        Assert.Equal(0, (await hydra.CommandAsync(pull)).Code);
        var plans = CatalogFile.Read(PathOfFile).Plans;
        Assert.Equal(Enumerable.Range(100, 101).Select(number => $"plan_{number}"), plans.Select(plan => plan.Id));
        Assert.All(plans, plan => Assert.Equal(["Fast"], plan.Highlights));

        await File.WriteAllTextAsync(PathOfFile, "by hand", Token);
        Assert.Equal(1, (await hydra.CommandAsync(pull)).Code);
        Assert.Equal("by hand", await File.ReadAllTextAsync(PathOfFile, Token));
        var (code, json) = await hydra.CommandAsync([.. pull, "--force", "--format", "csharp", "--json"]);
        Assert.True(code == 0, json);
        Assert.Equal(101, JsonElement.Parse(json).GetProperty("plans").GetArrayLength());
        Assert.Contains("class HydraPlans", await File.ReadAllTextAsync(PathOfFile, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_set_up_has_not_made_is_taken_over_once_it_is_marked_as_the_documentation_says()
    {
        await using var account = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, Token);
        await using var hydra = await StartAtAsync(account);
        var stripe = new SandboxApi(account.BaseAddress);
        var product = await stripe.PostAsync("/v1/products", ("name", "Hydra Pro"));
        var price = await stripe.PostAsync(
            "/v1/prices",
            ("product", product.GetProperty("id").GetString()!),
            ("currency", "usd"),
            ("unit_amount", "900"),
            ("recurring[interval]", "month")
        );
        Assert.Equal(0, (await hydra.CommandAsync("catalog", "pull", "--output", PathOfFile)).Code);
        await using var host = HostOf(CatalogFile.Read(PathOfFile), account);
        string[] diff = ["setup", "--diff"];
        var (_, before) = await RunAsync(host, diff);
        Assert.Contains("+ lookup_key hydra_pro_monthly", before, StringComparison.Ordinal);

        await stripe.PostAsync(
            $"/v1/products/{product.GetProperty("id").GetString()}",
            ("metadata[hydra_plan]", "pro")
        );
        await stripe.PostAsync(
            $"/v1/prices/{price.GetProperty("id").GetString()}",
            ("lookup_key", "hydra_pro_monthly")
        );

        var (_, after) = await RunAsync(host, diff);
        Assert.StartsWith("billing portal, monthly", after, StringComparison.Ordinal);
        Assert.Contains("1 different", after, StringComparison.Ordinal);
    }

    private static IEnumerable<string> SoldOf(PlanCatalog catalog) =>
        from plan in catalog.Plans
        where plan.Prices.Count > 0
        let prices = plan.Prices.Select(price => $"{price.Alias} {price.UnitAmount.ToText()} {price.Interval}")
        select $"{plan.Id} {plan.Name}: {string.Join(", ", prices)}: {string.Join(", ", plan.Features.Order())}";

    private static async Task<HydraHost> StartAtAsync(SandboxServer account)
    {
        var hydra = await HydraHost.StartAsync();
        hydra.Service<IConfiguration>()["STRIPE_API_BASE"] = account.BaseAddress.AbsoluteUri;
        return hydra;
    }

    private static async Task<int> EventsAsync(SandboxApi stripe) =>
        (await stripe.GetAsync("/v1/events?limit=100")).GetProperty("data").GetArrayLength();

    /// <summary>A host that sells that, of which a command needs no more than the key.</summary>
    private static WebApplication HostOf(PlanCatalog catalog, SandboxServer account)
    {
        var builder = WebApplication.CreateBuilder([
            "--environment=Production",
            "--STRIPE_SECRET_KEY=sk_test_aaaaaaaaaaaa",
            $"--STRIPE_API_BASE={account.BaseAddress.AbsoluteUri}",
        ]);
        builder.Services.AddTollgate(catalog);
        builder.Services.AddTollgateCommands();
        return builder.Build();
    }

    private static async Task<(int Code, string Said)> RunAsync(WebApplication host, string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await HostCommands.RunAsync(host, args, output, error, Token);
        return (code, $"{output}{error}");
    }
}
