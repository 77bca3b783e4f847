using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Administration;
using Tollgate.Catalog;
using Tollgate.Stripe;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Lines of the pre-live list that are good on a fresh checkout are shown to fail when they should.</summary>
public sealed class DoctorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DROP INDEX billing.accounts_by_customer CASCADE", "index for look-up by customer")]
    [InlineData("DROP INDEX billing.subscriptions_by_subscription CASCADE", "index for look-up by subscription")]
    [InlineData("DROP INDEX billing.meters_due", "index for look-up by due reset")]
    public async Task An_index_that_is_missing_is_named(string broken, string finding)
    {
        await using var hydra = await HydraHost.StartAsync();
        await ExecuteAsync(hydra, broken);

        var (code, output) = await hydra.CommandAsync("doctor");

        Assert.Equal(1, code);
        Assert.Contains($"FAILS  {finding}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_off_is_told_with_how_much()
    {
        await using var hydra = await HydraHost.StartAsync();
        var late = new LateTime(TimeSpan.FromMinutes(10));
        var check = ActivatorUtilities.CreateInstance<StripeCheck>(hydra.Service<IServiceProvider>(), late);

        var clock = (await check.RunAsync(Token)).Single(finding => finding.Name == "clock");

        Assert.Equal(FindingOutcome.Fails, clock.Outcome);
        Assert.Contains("signatures are refused from 300 s on", clock.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portal_and_features_that_differ_and_an_endpoint_without_all_events_are_named()
    {
        await using var hydra = await HydraHost.StartAsync();
        var product = await FirstAsync(hydra, "products");
        var attached = await FirstAsync(hydra, $"products/{product}/features");
        await hydra.Stripe.DeleteAsync($"/v1/products/{product}/features/{attached}");
        await hydra.Stripe.PostAsync(
            $"/v1/billing_portal/configurations/{await FirstAsync(hydra, "billing_portal/configurations")}",
            ("features[invoice_history][enabled]", "false")
        );
        await hydra.Stripe.PostAsync(
            $"/v1/webhook_endpoints/{await FirstAsync(hydra, "webhook_endpoints")}",
            ("enabled_events[]", "invoice.paid")
        );

        var (code, output) = await hydra.CommandAsync("doctor");

        Assert.Equal(1, code);
        var wrong = output.Split('\n').Where(line => line.StartsWith("FAILS", StringComparison.Ordinal)).ToList();
        Assert.Contains(wrong, line => line.Contains("grants", StringComparison.Ordinal));
        Assert.Contains(wrong, line => line.Contains("portal", StringComparison.Ordinal));
        Assert.Contains(wrong, line => line.Contains("webhook endpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_come_first_and_a_migration_that_is_missing_is_named()
    {
        await using var hydra = await HydraHost.StartAsync();
        hydra.Service<IConfiguration>()["BILLING_ENABLED"] = "maybe";
        await ExecuteAsync(hydra, "DELETE FROM billing.migrations WHERE \"MigrationId\" LIKE '%_Trials'");

        var (code, output) = await hydra.CommandAsync("doctor");

        Assert.Equal(1, code);
        Assert.Contains("FAILS  BILLING_ENABLED", output, StringComparison.Ordinal);
        Assert.Contains("FAILS  stripe  Not asked: the settings come first.", output, StringComparison.Ordinal);
        Assert.Contains("FAILS  migrations  missing: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_that_setup_did_not_make_is_named()
    {
        await using var hydra = await HydraHost.StartAsync();
        var other = hydra.Service<StripeSettings>() with { PortalConfigurationId = "bpc_of_another_product" };

        var portal = await FindAsync(hydra, StripeEnvironment.PortalConfiguration, other);

        Assert.Equal(FindingOutcome.Fails, portal.Outcome);
    }

    [Fact]
    public async Task A_retired_price_that_is_gone_of_another_product_or_interval_is_named()
    {
        await using var hydra = await HydraHost.StartAsync();
        var sold = hydra.Service<PriceBook>().TryFindForSale("team_monthly", out var price) ? price.StripeId : "";
        var team = (await hydra.Stripe.GetAsync($"/v1/prices/{sold}")).GetProperty("product").GetString()!;
        var elsewhere = (await hydra.Stripe.PostAsync("/v1/products", ("name", "Elsewhere"))).GetProperty("id");
        var former = await NewPriceAsync(hydra, team, "month");
        var foreign = await NewPriceAsync(hydra, elsewhere.GetString()!, "month");
        var yearly = await NewPriceAsync(hydra, team, "year");
        var catalog = hydra.Service<PlanCatalog>();
        var ids = catalog
            .Plans.SelectMany(plan => plan.Prices)
            .ToDictionary(one => one.Alias, one => (IReadOnlyList<string>)[IdOf(hydra, one.Alias)]);
        ids["team_monthly"] = [sold, former, foreign, yearly, "price_that_never_was"];
        var book = new PriceBook(catalog, ids);

        var findings = await CheckStripeAsync(hydra, book);

        Assert.Equal(
            [
                $"Good {former} 15.00 usd a month",
                $"Fails {foreign} is of the product {elsewhere}, and what is sold is of {team}",
                $"Fails {yearly} is billed by the year, and what is sold by the month",
                "Fails price_that_never_was Stripe has no such price: take it out of the setting",
            ],
            findings
                .Where(finding => finding.Name.StartsWith("retired price", StringComparison.Ordinal))
                .Select(finding => $"{finding.Outcome} {finding.Name.Split(' ')[2]} {finding.Detail}")
        );
    }

    [Fact]
    public async Task Automatic_tax_wants_stripe_tax_to_be_active_and_registered()
    {
        await using var hydra = await HydraHost.StartAsync();
        var untaxed = hydra.Service<PlanCatalog>();
        var catalog = new PlanCatalog(untaxed.Product, untaxed.Plans, untaxed.Meters, untaxed.Features)
        {
            Checkout = new CheckoutTerms { AutomaticTax = AutomaticTax.OnTop },
        };

        var pending = await FindAsync(hydra, "automatic tax", catalog);
        Assert.Equal(
            (FindingOutcome.Fails, "Stripe Tax is pending, and wants head_office"),
            (pending.Outcome, pending.Detail)
        );

        await hydra.Stripe.PostAsync("/v1/tax/settings", ("head_office[address][country]", "DE"));
        Assert.Equal(FindingOutcome.Look, (await FindAsync(hydra, "automatic tax", catalog)).Outcome);
    }

    [Fact]
    public async Task A_live_key_in_the_tree_and_in_the_history_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-checkout-");
        var key = "sk_" + "live_" + new string('a', 24);
        Git(folder, "init", "-q");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "settings.txt"), key, Token);

        var findings = await CheckoutSecretsCheck.RunAsync(folder.FullName, Token);
        Assert.Equal("in settings.txt", Assert.Single(findings, Fails).Detail);

        Git(folder, "add", "-A");
        Git(folder, "commit", "-qm", "Add");
        Git(folder, "rm", "-q", "settings.txt");
        Git(folder, "commit", "-qm", "Remove");
        findings = await CheckoutSecretsCheck.RunAsync(folder.FullName, Token);
        folder.Delete(recursive: true);
        var kept = Assert.Single(findings, Fails);
        Assert.Contains("roll the key", kept.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(key, kept.Detail, StringComparison.Ordinal);
    }

    private static bool Fails(Finding finding) => finding.Outcome == FindingOutcome.Fails;

    private static void Git(DirectoryInfo folder, params string[] arguments)
    {
        string[] author = ["-c", "user.name=Ann", "-c", "user.email=ann@acme.test", "-c", "commit.gpgsign=false"];
        using var git = Process.Start(
            new ProcessStartInfo("git", [.. author, .. arguments]) { WorkingDirectory = folder.FullName }
        )!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    private static string IdOf(HydraHost hydra, string alias) =>
        hydra.Service<PriceBook>().TryFindForSale(alias, out var sold) ? sold.StripeId : "";

    private static async Task<string> NewPriceAsync(HydraHost hydra, string product, string interval) =>
        (
            await hydra.Stripe.PostAsync(
                "/v1/prices",
                ("product", product),
                ("currency", "usd"),
                ("unit_amount", "1500"),
                ("recurring[interval]", interval)
            )
        )
            .GetProperty("id")
            .GetString()!;

    private static async Task<Finding> FindAsync(HydraHost hydra, string name, object instead) =>
        (await CheckStripeAsync(hydra, instead)).Single(finding => finding.Name == name);

    private static Task<IReadOnlyList<Finding>> CheckStripeAsync(HydraHost hydra, object instead) =>
        ActivatorUtilities.CreateInstance<StripeCheck>(hydra.Service<IServiceProvider>(), instead).RunAsync(Token);

    private static async Task<string> FirstAsync(HydraHost hydra, string what) =>
        (await hydra.Stripe.GetAsync($"/v1/{what}")).GetProperty("data")[0].GetProperty("id").GetString()!;

    private sealed class LateTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - by;
    }
}
