using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Administration.Commands;
using Tollgate.Catalog;
using Tollgate.Development;
using Tollgate.Sandbox;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

/// <summary>A small product with a catalog of the test's own, on a database and a Sandbox of its own.</summary>
internal sealed class LibraryApp : IAsyncDisposable
{
    public static readonly AccountId Acme = new("acme");
    private const string GoodCard = "4242424242424242";
    private readonly WebApplication host;
    private readonly TestDatabase? store;

    private LibraryApp(WebApplication app, TestDatabase? database, Uri address)
    {
        host = app;
        store = database;
        Client = new HttpClient { BaseAddress = address };
    }

    /// <summary>Acme's owner.</summary>
    public HttpClient Client { get; }

    public SandboxServer Sandbox => Service<RunningSandbox>().Server;

    public SandboxApi Stripe => new(Sandbox.BaseAddress);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public T Service<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public static async Task<LibraryApp> StartAsync(PlanCatalog catalog, Action<IServiceCollection>? configure = null)
    {
        var database = await TestDatabase.CreateAsync(MigrateAsync);
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var app = Create(catalog, address, database.ConnectionString, configure);
        await app.StartTollgateAsync(Token);
        await app.Services.GetRequiredService<OpenAccount>().RunAsync(Acme, "Acme", "owner@acme.test", Token);
        return new LibraryApp(app, database, address);
    }

    /// <summary>A newer version on the same database and Stripe.</summary>
    public static async Task<LibraryApp> StartBesideAsync(
        LibraryApp other,
        PlanCatalog catalog,
        PublishedCatalog published
    )
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var former = other.Service<IConfiguration>();
        var settings = former
            .AsEnumerable()
            .Where(setting => setting.Key.StartsWith("STRIPE_", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        foreach (var price in catalog.Plans.SelectMany(plan => plan.Prices))
        {
            settings[StripeEnvironment.PriceSetting(price)] = published.PriceSetting(price.Alias);
        }

        var app = Create(
            catalog,
            address,
            other.store!.ConnectionString,
            configure: null,
            [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")]
        );
        await app.StartTollgateAsync(Token);
        return new LibraryApp(app, database: null, address);
    }

    public async Task<JsonElement> GetAsync(string what) =>
        await HydraHost.Json(await Client.GetAsync($"/api/billing/{what}", Token));

    public async Task<JsonElement> PostAsync(string what, object body)
    {
        var answer = await Client.PostAsJsonAsync($"/api/billing/{what}", body, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return await HydraHost.Json(answer);
    }

    /// <summary>Shown first, and then made exactly as shown.</summary>
    public async Task ChangeAsync(string what, string name, object value)
    {
        var asked = await PostAsync(what, new Dictionary<string, object> { [name] = value, ["preview"] = true });
        var accepted = new Dictionary<string, object>
        {
            [name] = value,
            ["preview"] = false,
            ["proration_date"] = asked.GetProperty("proration_date").GetInt64(),
        };
        await PostAsync(what, accepted);
    }

    /// <summary>The code of the refusal.</summary>
    public async Task<string?> RefusedAsync(string what, object body)
    {
        var answer = await Client.PostAsJsonAsync($"/api/billing/{what}", body, Token);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        return (await HydraHost.Json(answer)).GetProperty("code").GetString();
    }

    /// <summary>The Checkout Session that a click opens, as Stripe has it.</summary>
    public async Task<JsonElement> OpenCheckoutAsync(string price, int seats = 2)
    {
        var url = (await PostAsync("checkout", new { price_id = price, seat_count = seats })).GetProperty(
            "checkout_url"
        );
        return await Stripe.GetAsync($"/v1/checkout/sessions/{url.GetString()!.Split('/').Last()}");
    }

    public async Task BuyAsync(string price = "team_monthly", int seats = 2)
    {
        var session = await OpenCheckoutAsync(price, seats);
        await Stripe.PayCheckoutAsync(session.GetProperty("url").GetString()!, GoodCard);
        await StatusBecomesAsync(status => status.GetProperty("tier").GetString() != "free", "the plan to be there");
    }

    public Task StatusBecomesAsync(Func<JsonElement, bool> holds, string what) =>
        Eventually.Async(async () => holds(await GetAsync("status")), ct: Token, what: what);

    public async Task<JsonElement> SubscriptionAsync() =>
        await Stripe.GetAsync(
            $"/v1/subscriptions/{await QueryAsync<string>("SELECT subscription_id FROM billing.subscriptions")}"
        );

    /// <summary>One value of one row, by SQL, as an operator would look.</summary>
    public async Task<T?> QueryAsync<T>(string sql)
    {
        await using var command = Service<NpgsqlDataSource>().CreateCommand(sql);
        var value = await command.ExecuteScalarAsync(Token);
        return value is null or DBNull ? default : (T)value;
    }

    /// <summary>Delivers an event as Stripe would, signed now.</summary>
    public async Task DeliverAsync(string body)
    {
        var secret = Service<IConfiguration>()["STRIPE_WEBHOOK_SECRET"]!.Split(',')[0];
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/stripe")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Stripe-Signature", $"t={time},v1={Convert.ToHexStringLower(hash)}");
        using var answer = await Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A command of the host's executable.</summary>
    public async Task<(int Code, string Output)> CommandAsync(params string[] args)
    {
        await using var output = new StringWriter();
        var code = await HostCommands.RunAsync(host, args, output, output, Token);
        return (code, output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
        if (store is not null)
        {
            await store.DisposeAsync();
        }
    }

    private static async Task MigrateAsync(string connectionString)
    {
        await using var app = Create(Some.Catalog, new Uri($"http://127.0.0.1:{FreePort.Next()}"), connectionString);
        await app.Services.RunStartupStepsAsync(CancellationToken.None);
    }

    private static WebApplication Create(
        PlanCatalog catalog,
        Uri address,
        string connectionString,
        Action<IServiceCollection>? configure = null,
        params string[] settings
    )
    {
        var builder = WebApplication.CreateBuilder([
            "--environment=Development",
            $"--urls={address.GetLeftPart(UriPartial.Authority)}",
            $"--ConnectionStrings:Tollgate={connectionString}",
            "--Development:KeepSandbox=false",
            "--Logging:LogLevel:Default=None",
            "--RESEND_API_KEY=",
            "--SMTP_URL=",
            .. settings,
        ]);
        builder.AddTollgateDevelopment(catalog, new DevelopmentOptions("library", SandboxPort: 0, SignIn: "nobody"));
        builder.Services.AddTollgate(catalog);
        builder.Services.AddSingleton<ITenantDirectory, OneOwner>();
        builder.Services.AddAuthorization();
        builder
            .Services.AddAuthentication("owner")
            .AddScheme<AuthenticationSchemeOptions, OwnerSignIn>("owner", configureOptions: null);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapTollgate();
        app.MapTollgateWebhook();
        return app;
    }

    private sealed class OneOwner : ITenantDirectory
    {
        public ValueTask<BillingCaller?> FindCallerAsync(
            ClaimsPrincipal principal,
            CancellationToken cancellationToken
        ) => new(new BillingCaller(Acme, IsBillingAdmin: true));

        public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(1);
    }

    private sealed class OwnerSignIn(
        IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory logger,
        UrlEncoder encoder
    ) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(
                AuthenticateResult.Success(
                    new AuthenticationTicket(
                        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "owner")], Scheme.Name)),
                        Scheme.Name
                    )
                )
            );
    }
}
