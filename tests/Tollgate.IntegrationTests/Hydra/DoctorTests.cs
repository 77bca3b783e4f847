using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;
using Tollgate.Commands.Checks;
using Tollgate.Settings;
using Tollgate.Stripe;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Lines of the pre-live list that are good on a fresh checkout are shown to fail when they should.</summary>
public sealed class DoctorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DROP INDEX billing.idx_tenants_stripe_customer_id CASCADE", "index for look-up by customer")]
    [InlineData("DROP INDEX billing.idx_tenants_stripe_subscription_id CASCADE", "index for look-up by subscription")]
    [InlineData("DROP INDEX billing.idx_tenants_free_tier_reset_at", "index for look-up by due reset")]
    public async Task An_index_that_is_missing_is_named(string broken, string finding)
    {
        await using var hydra = await HydraHost.StartAsync();
        await ExecuteAsync(hydra, broken);

        var (code, output) = await hydra.CommandAsync("doctor");

        Assert.Equal(1, code);
        Assert.Contains($"FAILS  {finding}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_off_is_reported_with_how_much()
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
        await ExecuteAsync(hydra, "DELETE FROM billing.migrations");

        var (code, output) = await hydra.CommandAsync("doctor");

        Assert.Equal(1, code);
        Assert.Contains("FAILS  BILLING_ENABLED", output, StringComparison.Ordinal);
        Assert.Contains("FAILS  stripe  Not asked: the settings come first.", output, StringComparison.Ordinal);
        Assert.Contains("FAILS  migrations  missing: 20261121000100_Initial", output, StringComparison.Ordinal);
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
            Seats = untaxed.Seats,
            Checkout = new CheckoutTerms { AutomaticTax = AutomaticTax.OnTop },
        };

        var pending = await FindAsync(hydra, "automatic tax", catalog);
        Assert.Equal(
            (FindingOutcome.Fails, "Stripe Tax is pending, and wants head_office"),
            (pending.Outcome, pending.Detail)
        );

        await hydra.Stripe.PostAsync("/v1/tax/settings", ("head_office[address][country]", "DE"));
        Assert.Equal(FindingOutcome.Warn, (await FindAsync(hydra, "automatic tax", catalog)).Outcome);
    }

    [Fact]
    public async Task The_app_and_the_webhook_endpoint_are_asked_at_their_addresses()
    {
        await using var hydra = await HydraHost.StartAsync();
        var options = hydra.Service<TollgateOptions>();
        var good = await AppCheck.RunAsync(options, hasWebhook: true, mustAnswer: true, Token);
        Assert.All(good, finding => Assert.Equal(FindingOutcome.Good, finding.Outcome));
        Assert.Equal(2, good.Count);

        var misplaced = new TollgateOptions { AppUrl = options.AppUrl, WebhookPath = "/api/no/webhooks" };
        var wrong = Assert.Single(
            await AppCheck.RunAsync(misplaced, hasWebhook: true, mustAnswer: false, Token),
            Fails
        );
        Assert.StartsWith("404 comes instead of 405", wrong.Detail, StringComparison.Ordinal);

        var nowhere = new TollgateOptions { AppUrl = new Uri("http://127.0.0.1:1") };
        var before = await AppCheck.RunAsync(nowhere, hasWebhook: true, mustAnswer: false, Token);
        Assert.All(before, finding => Assert.Equal(FindingOutcome.Warn, finding.Outcome));
        var after = await AppCheck.RunAsync(nowhere, hasWebhook: true, mustAnswer: true, Token);
        Assert.All(after, finding => Assert.Equal(FindingOutcome.Fails, finding.Outcome));
    }

    [Fact]
    public async Task Mail_is_asked_of_the_provider_and_a_key_that_it_refuses_fails()
    {
        await using var resend = await Notifications.FakeResend.StartAsync();
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        Assert.Equal(FindingOutcome.Good, (await MailAsync(hydra)).Outcome);
        Assert.Empty(resend.Mails);

        await using var other = await HydraHost.StartAsync([.. resend.Settings, "--RESEND_API_KEY=re_of_nobody"]);
        var refused = await MailAsync(other);
        Assert.Equal(FindingOutcome.Fails, refused.Outcome);
        Assert.Contains("invalid_api_key", refused.Detail, StringComparison.Ordinal);

        await using var without = await HydraHost.StartAsync();
        Assert.Equal(FindingOutcome.Warn, (await MailAsync(without)).Outcome);
        await using var gone = await HydraHost.StartAsync(
            "--SMTP_URL=smtp://127.0.0.1:1",
            "--MAIL_FROM=Hydra <billing@hydra.test>"
        );
        Assert.Equal(FindingOutcome.Fails, (await MailAsync(gone)).Outcome);
    }

    [Fact]
    public async Task Every_tenant_has_an_account_or_is_named()
    {
        await using var hydra = await HydraHost.StartAsync();
        Assert.Contains(
            "ok     every tenant has an account  2 tenants",
            await DoctorAsync(hydra),
            StringComparison.Ordinal
        );

        await ExecuteAsync(hydra, "DELETE FROM billing.accounts WHERE account_id = 'globex'");
        Assert.Contains(
            "FAILS  every tenant has an account  1 of 2 have none, and cannot buy: globex;",
            await DoctorAsync(hydra),
            StringComparison.Ordinal
        );

        await ExecuteAsync(hydra, """DELETE FROM hydra."Memberships" """);
        Assert.Contains(
            "warn   every tenant has an account  there is no tenant yet",
            await DoctorAsync(hydra),
            StringComparison.Ordinal
        );
    }

    [Fact]
    [Trait("decision", "S10")]
    public async Task An_override_without_an_end_is_listed_with_who_set_it_and_why()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false");
        await ExecuteAsync(
            hydra,
            """
            INSERT INTO billing.subscriptions (account_id, plan, entitlements, version, override_tier, override_author,
                override_reason, override_until)
            VALUES ('acme', NULL, ARRAY[]::text[], 1, 'enterprise', 'ann', 'the contract of May', NULL),
                ('globex', NULL, ARRAY[]::text[], 1, 'team', 'ann', 'a trial', '2099-01-01')
            """
        );

        var findings = await DoctorAsync(hydra);

        Assert.Contains(
            "warn   override without an end: acme  enterprise, set by ann: the contract of May",
            findings,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("override without an end: globex", findings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_tests_show_is_listed_for_the_host_that_gives_it()
    {
        await using var hydra = await HydraHost.StartAsync();
        var given = hydra.Service<IEnumerable<TestEvidence>>().ToList();

        var findings = await DoctorAsync(hydra);

        Assert.NotEmpty(given);
        Assert.All(
            given,
            one =>
                Assert.Contains(
                    $"warn   {one.Shows}  {string.Join(", ", one.Tests)}",
                    findings,
                    StringComparison.Ordinal
                )
        );
    }

    private static async Task<string> DoctorAsync(HydraHost hydra) => (await hydra.CommandAsync("doctor")).Output;

    private static Task<Finding> MailAsync(HydraHost hydra) =>
        MailCheck.RunAsync(hydra.Service<IServiceProvider>(), Token);

    private static bool Fails(Finding finding) => finding.Outcome == FindingOutcome.Fails;

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

    /// <summary>A machine whose clock is late and goes on, as FakeTimeProvider's does not.</summary>
    private sealed class LateTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - by;
    }
}
