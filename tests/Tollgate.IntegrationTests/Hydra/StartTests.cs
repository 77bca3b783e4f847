using System.Net;
using System.Net.Sockets;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>What prevents a start is one line and exit code 1.</summary>
public sealed class StartTests
{
    private static readonly Dictionary<string, string> Complete = new()
    {
        ["STRIPE_SECRET_KEY"] = "sk_test_aaaaaaaaaaaa",
        ["STRIPE_PUBLISHABLE_KEY"] = "pk_test_aaaaaaaaaaaa",
        ["STRIPE_WEBHOOK_SECRET"] = "whsec_" + "aaaaaaaaaaaa",
        ["STRIPE_TEAM_MONTHLY_PRICE_ID"] = "price_team_monthly",
        ["STRIPE_TEAM_ANNUAL_PRICE_ID"] = "price_team_annual",
        ["STRIPE_BUSINESS_MONTHLY_PRICE_ID"] = "price_business_monthly",
        ["STRIPE_BUSINESS_ANNUAL_PRICE_ID"] = "price_business_annual",
        ["STRIPE_PORTAL_CONFIG_ID"] = "bpc_aaaaaaaa",
        ["STRIPE_API_BASE"] = "http://127.0.0.1:1",
        ["RESEND_API_KEY"] = "re_aaaaaaaaaaaa",
        ["MAIL_FROM"] = "Hydra <billing@hydra.test>",
        ["ConnectionStrings__Tollgate"] =
            "Host=127.0.0.1;Port=1;Username=nobody;Password=nothing;Database=none;Timeout=2",
    };

    [Theory]
    [InlineData("STRIPE_SECRET_KEY", "")]
    [InlineData("STRIPE_SECRET_KEY", "nonsense")]
    [InlineData("STRIPE_PUBLISHABLE_KEY", "pk_live_aaaaaaaaaaaa")]
    [InlineData("STRIPE_WEBHOOK_SECRET", "")]
    [InlineData("STRIPE_WEBHOOK_SECRET", "secret")]
    [InlineData("STRIPE_TEAM_MONTHLY_PRICE_ID", "")]
    [InlineData("STRIPE_TEAM_ANNUAL_PRICE_ID", "price_team_monthly")]
    [InlineData("STRIPE_BUSINESS_MONTHLY_PRICE_ID", "prod_1")]
    [InlineData("STRIPE_BUSINESS_ANNUAL_PRICE_ID", "")]
    [InlineData("STRIPE_PORTAL_CONFIG_ID", "")]
    [InlineData("BILLING_ENABLED", "fals")]
    [InlineData("RESEND_API_KEY", "aaaaaaaaaaaa")]
    [InlineData("RESEND_API_BASE", "http://aaaaaaaaaaaa.test")]
    [InlineData("SMTP_URL", "smtp://hydra:aaaaaaaaaaaa@mail.test")]
    [InlineData("MAIL_FROM", "")]
    [InlineData("MAIL_FROM", "a@aaaaaaaaaaaa.test, b@c.test")]
    [InlineData("ConnectionStrings__Tollgate", "postgres://hydra:aaaaaaaaaaaa@db.test/hydra")]
    [InlineData("ConnectionStrings__Tollgate", "Host=db.test;Pasword=aaaaaaaaaaaa")]
    [InlineData("Tollgate__AppUrl", "app.hydra.test")]
    [InlineData("Tollgate__AppUrl", "http://[aaaaaaaaaaaa")]
    [InlineData("Tollgate__AppUrl", "http://aaaaaaaaaaaa.test")]
    [InlineData("Tollgate__ApiUrl", "http://aaaaaaaaaaaa.test")]
    [InlineData("Tollgate__WhenUnrecordable", "aaaaaaaaaaaa")]
    public async Task A_missing_malformed_or_mixed_setting_is_named_and_its_value_is_not_shown(
        string name,
        string value
    )
    {
        var environment = new Dictionary<string, string>(Complete) { [name] = value };
        await using var hydra = HydraProcess.Start(Address(), environment);

        Assert.Equal(1, await hydra.ExitCodeAsync());
        Assert.Contains(name, hydra.Errors, StringComparison.Ordinal);
        Assert.Single(hydra.Errors.Split('\n'));
        Assert.DoesNotContain("aaaaaaaaaaaa", hydra.Errors + hydra.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_production_misses_is_reported_at_once_with_what_it_is_for()
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Tollgate__ApiUrl"] = "http://api.hydra.test",
            ["BILLING_ENABLED"] = "maybe",
        };
        await using var hydra = HydraProcess.Start(Address(), environment);

        Assert.Equal(1, await hydra.ExitCodeAsync());
        var lines = hydra.Errors.Split('\n');
        Assert.Equal("14 settings are missing or wrong:", lines[0]);
        Assert.Equal(
            [
                "ConnectionStrings__Tollgate",
                "BILLING_ENABLED",
                "Tollgate__AppUrl",
                "Tollgate__ApiUrl",
                "STRIPE_SECRET_KEY",
                "STRIPE_PUBLISHABLE_KEY",
                "STRIPE_WEBHOOK_SECRET",
                "STRIPE_PORTAL_CONFIG_ID",
                "STRIPE_TEAM_MONTHLY_PRICE_ID",
                "STRIPE_TEAM_ANNUAL_PRICE_ID",
                "STRIPE_BUSINESS_MONTHLY_PRICE_ID",
                "STRIPE_BUSINESS_ANNUAL_PRICE_ID",
                "RESEND_API_KEY",
                "MAIL_FROM",
            ],
            lines.Skip(1).Select(line => line.Trim().Split(' ')[0])
        );
        Assert.Contains(
            "STRIPE_WEBHOOK_SECRET is not set: the secret that events are signed with, which setup prints, "
                + "whsec_..., or two of them with a comma while one is rolled (or Tollgate__Stripe__WebhookSecret).",
            hydra.Errors,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("true", "RESEND_API_KEY")]
    [InlineData("false", "PostgreSQL")]
    public async Task Production_wants_a_mail_provider_while_billing_is_on(string billing, string named)
    {
        var environment = new Dictionary<string, string>(Complete)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Tollgate__AppUrl"] = "https://app.hydra.test",
            ["Tollgate__ApiUrl"] = "https://api.hydra.test",
            ["BILLING_ENABLED"] = billing,
            ["RESEND_API_KEY"] = "",
        };
        await using var hydra = HydraProcess.Start(Address(), environment);

        Assert.Equal(1, await hydra.ExitCodeAsync());
        Assert.Contains(named, Assert.Single(hydra.Errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_one_line()
    {
        await using var hydra = HydraProcess.Start(Address(), Complete);

        Assert.Equal(1, await hydra.ExitCodeAsync());
        Assert.Contains("PostgreSQL", Assert.Single(hydra.Errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        await using var database = await TestDatabase.CreateAsync();
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Tollgate"] = database.ConnectionString,
            ["Development__SandboxPort"] = "0",
            ["Development__KeepSandbox"] = "false",
        };
        await using var hydra = HydraProcess.Start(address, environment);

        Assert.Equal(1, await hydra.ExitCodeAsync());
        Assert.Contains(
            address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Assert.Single(hydra.Errors.Split('\n')),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_sandbox_port_that_is_taken_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Tollgate"] = "Host=127.0.0.1;Port=1",
            ["Development__SandboxPort"] = port,
            ["Development__KeepSandbox"] = "false",
        };
        await using var hydra = HydraProcess.Start(Address(), environment);

        Assert.Equal(1, await hydra.ExitCodeAsync());
        Assert.Contains(port, Assert.Single(hydra.Errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_is_interrupted_leaves_no_server_behind()
    {
        using var state = new StateFolder();
        var environment = new Dictionary<string, string>
        {
            ["TOLLGATE_DATA"] = state.Path,
            ["Development__SandboxPort"] = "0",
        };
        await using var hydra = HydraProcess.Start(Address(), environment);
        await Eventually.Async(
            () => state.Servers().Count > 0,
            TimeSpan.FromSeconds(60),
            TestContext.Current.CancellationToken,
            "PostgreSQL to be started"
        );

        Assert.Equal(0, await hydra.StopAsync(TimeSpan.FromSeconds(60)));
        Assert.Empty(hydra.Errors);
        Assert.Empty(state.Servers());
    }

    private static Uri Address() => new($"http://127.0.0.1:{FreePort.Next()}");
}
