using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Commands;
using Tollgate.Hosting;
using Tollgate.Notifications;
using Tollgate.Outbox;
using Tollgate.Reconciliation;
using Tollgate.Status;
using Tollgate.Testing;
using Tollgate.Webhooks;

namespace Tollgate.IntegrationTests.Library;

/// <summary>Meters and gates alone, in Production with a database and nothing else: no Stripe, no mail.</summary>
public sealed class WithoutStripeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly Plan Free = new("free", "Free") { Limits = new Dictionary<string, int> { ["call"] = 1 } };

    private static readonly PlanCatalog SellsNothing = Catalog(
        new Plan("partner", "Partner") { IsOffStripe = true, Features = ["export"] }
    );

    private static readonly PlanCatalog HasPrices = Catalog(
        new Plan("partner", "Partner")
        {
            Features = ["export"],
            Prices = [new PlanPrice("partner_monthly", BillingInterval.Month, Money.Usd(10_00))],
        }
    );

    [Fact]
    public async Task Meters_gates_and_overrides_work_and_nothing_of_Stripe_runs()
    {
        await using var database = await TestDatabase.CreateAsync();
        var log = new Lines();
        await using var app = await StartAsync(SellsNothing, database, log, _ => { });
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/call", content: null, Token)).StatusCode);
        var second = await client.PostAsync("/call", content: null, Token);
        Assert.Equal(HttpStatusCode.PaymentRequired, second.StatusCode);
        Assert.Equal(HttpStatusCode.PaymentRequired, (await client.GetAsync("/export", Token)).StatusCode);

        string[] set = ["override", "set", "acme", "--plan", "partner", "--until", "2999-01-01", "--why", "signed"];
        Assert.Equal(0, (await RunAsync(app, set)).Code);
        await Eventually.Async(
            async () => (await client.GetAsync("/export", Token)).IsSuccessStatusCode,
            what: "the gate to open",
            ct: Token
        );

        var status = await client.GetFromJsonAsync<JsonElement>("/api/billing/status", Token);
        Assert.Equal("partner", status.GetProperty("tier").GetString());
        var workers = app.Services.GetServices<IHostedService>().ToList();
        Assert.DoesNotContain(workers, one => one is InboxWorker or CatchUpWorker or ReconcileWorker or MailWorker);
        Assert.Contains(workers, one => one is OutboxWorker);
        Assert.Contains(log.All, line => line.StartsWith("This host uses no Stripe", StringComparison.Ordinal));
        Assert.Contains(log.All, line => line.StartsWith("This host sends no mail", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", "checkout")]
    [InlineData("GET", "success")]
    [InlineData("POST", "seats")]
    [InlineData("POST", "upgrade")]
    [InlineData("DELETE", "upgrade")]
    [InlineData("POST", "portal")]
    public async Task What_needs_Stripe_is_refused_also_where_the_catalog_has_prices(string method, string call)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var app = await StartAsync(HasPrices, database, new Lines(), o => o.UsesStripe = false);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/billing/{call}");

        using var answer = await client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("nothing_for_sale", problem.GetProperty("code").GetString());
        // nobody can sign an event, so none is taken
        using var webhook = await client.PostAsJsonAsync("/api/webhooks/stripe", new { id = "evt_1" }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, webhook.StatusCode);
    }

    [Fact]
    public async Task A_command_that_asks_Stripe_says_that_there_is_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var app = await StartAsync(SellsNothing, database, new Lines(), _ => { });

        var (code, said) = await RunAsync(app, "catch-up");

        Assert.Equal(1, code);
        Assert.StartsWith("This host uses no Stripe", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_asks_for_nothing_of_Stripe()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var app = await StartAsync(SellsNothing, database, new Lines(), _ => { });

        var (_, output) = await RunAsync(app, "doctor");

        Assert.Contains("warn   stripe  not used", output, StringComparison.Ordinal);
        Assert.DoesNotContain("STRIPE_", output, StringComparison.Ordinal);
        Assert.DoesNotContain("/api/webhooks/stripe", output, StringComparison.Ordinal);
        Assert.Contains("ok     mail  this host sends none", output, StringComparison.Ordinal);
        Assert.Contains("ok     migrations", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_be_mailed_is_not_kept_for_later()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var app = await StartAsync(SellsNothing, database, new Lines(), _ => { });
        var acme = new AccountId("acme");
        await app
            .Services.GetRequiredService<QueueHostMail>()
            .RunAsync(acme, "welcome", "once", new Dictionary<string, string>(), Token);

        var tables = app.Services.GetRequiredService<NpgsqlDataSource>();
        await Eventually.Async(
            async () => await CountAsync(tables, "billing.outbox WHERE state = 'done'") == 1,
            what: "the outbox to be empty",
            ct: Token
        );
        Assert.Equal(0, await CountAsync(tables, "billing.mails"));
    }

    [Fact]
    public async Task Pages_that_are_not_there_are_reported_unless_they_are_elsewhere()
    {
        await using var database = await TestDatabase.CreateAsync();
        var log = new Lines();
        await using (await StartAsync(SellsNothing, database, log, _ => { }))
        {
            Assert.Equal(
                ["/billing/success", "/billing/upgrade", "/settings/billing"],
                log.All.Where(line => line.StartsWith("No page", StringComparison.Ordinal)).Select(l => l.Split(' ')[6])
            );
        }

        var quiet = new Lines();
        await using (await StartAsync(SellsNothing, database, quiet, o => o.PagesAreElsewhere = true))
        {
            Assert.DoesNotContain(quiet.All, line => line.StartsWith("No page", StringComparison.Ordinal));
        }
    }

    private static async Task<long> CountAsync(NpgsqlDataSource tables, string from)
    {
        await using var command = tables.CreateCommand($"SELECT count(*) FROM {from}");
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task<(int Code, string Output)> RunAsync(WebApplication app, params string[] args)
    {
        await using var output = new StringWriter();
        return (await HostCommands.RunAsync(app, args, output, output, Token), output.ToString());
    }

    private static PlanCatalog Catalog(Plan plan) =>
        new(
            "Small",
            [Free, plan],
            [new Meter("call", "Calls", "calls", "calls", TimeSpan.FromDays(30))],
            features: ["export"]
        );

    private static async Task<WebApplication> StartAsync(
        PlanCatalog catalog,
        TestDatabase database,
        Lines log,
        Action<TollgateOptions> configure
    )
    {
        var builder = WebApplication.CreateBuilder(["--environment=Production", "--urls=http://127.0.0.1:0"]);
        builder.Configuration["ConnectionStrings:Tollgate"] = database.ConnectionString;
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddTollgateCommands();
        builder.Services.AddTollgate(
            catalog,
            options =>
            {
                options.AppUrl = new Uri("https://app.small.test");
                options.ApiUrl = new Uri("https://api.small.test");
                options.SendsMail = false;
                configure(options);
            }
        );
        builder.Services.AddSingleton<IAccountDirectory, LibraryApp.OneOwner>();
        builder.Services.AddAuthorization();
        builder
            .Services.AddAuthentication("owner")
            .AddScheme<AuthenticationSchemeOptions, LibraryApp.OwnerSignIn>("owner", configureOptions: null);
        var app = builder.Build();
        app.MapTollgate();
        app.MapTollgateWebhook();
        app.MapPost("/call", () => Results.Ok()).RequireAuthorization().Metered("call");
        app.MapGet("/export", () => Results.Ok()).RequireAuthorization().RequireFeature("export");
        await app.StartTollgateAsync(Token);
        await app.Services.GetRequiredService<OpenAccount>().RunAsync(LibraryApp.Acme, "Acme", "a@acme.test", Token);
        return app;
    }

    /// <summary>What the host logs.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyList<string> All => [.. lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue(formatter(state, exception));

        public void Dispose() { }
    }
}
