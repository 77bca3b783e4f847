using System.Net;
using System.Text.Json;
using Hydra;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Development;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>What Development does only where nobody else's data is.</summary>
public sealed class DevelopmentTests
{
    private static readonly string[] OwnDatabase =
    [
        "--Development:DatabaseIsPrivate=false",
        "--SMTP_URL=smtp://127.0.0.1:1",
        "--MAIL_FROM=billing@hydra.test",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_a_setting_names_gets_no_demo_people_and_no_mailbox()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var hydra = await HydraHost.StartOnAsync(database.ConnectionString, OwnDatabase);
        using var client = hydra.Anonymous();

        Assert.Equal(0, await hydra.QueryAsync<long>("SELECT count(*) FROM hydra.\"AspNetUsers\""));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(MailboxPages.Path, Token)).StatusCode);
    }

    [Fact]
    public async Task A_database_that_is_said_to_be_private_has_both()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var hydra = await HydraHost.StartOnAsync(database.ConnectionString);
        using var client = hydra.Anonymous();

        Assert.Equal(4, await hydra.QueryAsync<long>("SELECT count(*) FROM hydra.\"AspNetUsers\""));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(MailboxPages.Path, Token)).StatusCode);
    }

    [Fact]
    public async Task Without_a_mailbox_a_provider_is_required()
    {
        await using var database = await TestDatabase.CreateAsync();

        var stopped = await Assert.ThrowsAsync<StartupException>(() =>
            HydraHost.StartOnAsync(database.ConnectionString, OwnDatabase[0])
        );

        Assert.Contains("RESEND_API_KEY is not set", stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db.example.com", false)]
    [InlineData("Host=localhost,db.example.com", false)]
    [InlineData("Host=localhost", true)]
    [InlineData("Host=127.0.0.1,127.0.0.2:5433", true)]
    [InlineData("Host=/var/run/postgresql", true)]
    [InlineData("Host=::1", true)]
    [InlineData("Host=[::1]:5433", true)]
    [InlineData("Host=::2", false)]
    [InlineData("Hots=localhost", false)]
    public void Only_a_database_of_this_machine_can_be_private(string connectionString, bool isHere) =>
        Assert.Equal(isHere, DevelopmentSettings.IsOnThisMachine(connectionString));

    [Theory]
    [InlineData("urls", "http://localhost:8000", "http://localhost:8000")]
    [InlineData("urls", "http://0.0.0.0:8080;http://x:1", "http://localhost:8080")]
    [InlineData("urls", "http://+:8080", "http://localhost:8080")]
    [InlineData("urls", "http://[::]:8080", "http://localhost:8080")]
    [InlineData("http_ports", "8080;8081", "http://localhost:8080")]
    [InlineData("https_ports", "8443", "https://localhost:8443")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://*:9000", "http://localhost:9000")]
    public void It_is_opened_where_it_listens(string key, string value, string opened)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { [key] = value };

        Assert.Equal(opened, DevelopmentTools.OwnAddress(configuration));
    }

    [Fact]
    public async Task Billing_is_off_unless_it_is_said()
    {
        var folder = Path.Combine(Repository.Root, "hosts", "Hydra");
        await using var hydra = HydraApp.Create(["--environment=Development", $"--contentRoot={folder}"]);
        await using var profile = File.OpenRead(Path.Combine(folder, "Properties", "launchSettings.json"));
        var run = (await JsonDocument.ParseAsync(profile, default, Token)).RootElement.GetProperty("profiles");

        Assert.False(hydra.Services.GetRequiredService<TollgateOptions>().BillingEnabled);
        Assert.Equal(
            "true", // so that the walk through the README meets the limit
            run.GetProperty("Hydra").GetProperty("environmentVariables").GetProperty("BILLING_ENABLED").GetString()
        );
    }
}
