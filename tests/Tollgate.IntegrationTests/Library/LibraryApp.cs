using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Commands;
using Tollgate.Hosting;
using Tollgate.Settings;
using Tollgate.Startup;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

/// <summary>A small product with a catalog of the test's own, on a database and a Sandbox of its own.</summary>
internal sealed class LibraryApp : RunningProduct
{
    public static readonly AccountId Acme = new("acme");

    private LibraryApp(WebApplication app, TestDatabase? database, Uri address)
        : base(app, database, address) => Client = new HttpClient { BaseAddress = address };

    /// <summary>Acme's owner.</summary>
    public HttpClient Client { get; }

    public static async Task<LibraryApp> StartAsync(
        PlanCatalog catalog,
        Action<IServiceCollection>? configure = null,
        Action<WebApplication>? map = null,
        Action<TollgateOptions>? options = null
    )
    {
        var database = await TestDatabase.CreateAsync(MigrateAsync);
        var address = FreeAddress();
        var app = Create(catalog, address, database.ConnectionString, configure, options);
        map?.Invoke(app);
        await app.StartTollgateAsync(Token);
        await app.Services.GetRequiredService<OpenAccount>().RunAsync(Acme, "Acme", "owner@acme.test", Token);
        return new LibraryApp(app, database, address);
    }

    /// <summary>A newer version on the same database and Stripe.</summary>
    public static async Task<LibraryApp> StartBesideAsync(
        LibraryApp other,
        PlanCatalog catalog,
        PublishedCatalog published,
        Action<IServiceCollection>? configure = null
    )
    {
        var address = FreeAddress();
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
            former.GetConnectionString("Tollgate")!,
            configure,
            options: null,
            [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")]
        );
        await app.StartTollgateAsync(Token);
        return new LibraryApp(app, database: null, address);
    }

    public async Task<JsonElement> GetAsync(string what) =>
        await Json(await Client.GetAsync($"/api/billing/{what}", Token));

    public async Task<JsonElement> PostAsync(string what, object body)
    {
        var answer = await Client.PostAsJsonAsync($"/api/billing/{what}", body, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return await Json(answer);
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
        return (await Json(answer)).GetProperty("code").GetString();
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
        await StatusBecomesAsync(status => status.GetProperty("kind").GetString() == "paid", "the plan to be there");
    }

    /// <summary>What <c>setup</c> makes of the catalog at Stripe.</summary>
    public Task<PublishedCatalog> PublishAsync(PlanCatalog catalog)
    {
        var wish = new PublishWish(Service<TollgateOptions>().WebhookUrl, EventRoutes.Types) { IsSecretKnown = true };
        return new PublishCatalog(Service<StripeClient>(), catalog).RunAsync(wish, Token);
    }

    public Task StatusBecomesAsync(Func<JsonElement, bool> holds, string what) =>
        Eventually.Async(async () => holds(await GetAsync("status")), ct: Token, what: what);

    public async Task<JsonElement> SubscriptionAsync() =>
        await Stripe.GetAsync(
            $"/v1/subscriptions/{await QueryAsync<string>("SELECT subscription_id FROM billing.subscriptions")}"
        );

    /// <summary>Delivers an event as Stripe would, signed now.</summary>
    public async Task DeliverAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/stripe")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Stripe-Signature", Sign(body));
        using var answer = await Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public override ValueTask DisposeAsync()
    {
        Client.Dispose();
        return base.DisposeAsync();
    }

    private static async Task MigrateAsync(string connectionString)
    {
        await using var app = Create(Some.Catalog, FreeAddress(), connectionString);
        await app.Services.RunStartupStepsAsync(CancellationToken.None);
    }

    private static WebApplication Create(
        PlanCatalog catalog,
        Uri address,
        string connectionString,
        Action<IServiceCollection>? configure = null,
        Action<TollgateOptions>? options = null,
        params string[] settings
    )
    {
        var builder = WebApplication.CreateBuilder(
            Settings(address, connectionString, ["--Logging:LogLevel:Default=None", .. settings])
        );
        builder.AddTollgateDevelopment(catalog, new DevelopmentOptions("library", SandboxPort: 0, SignIn: "nobody"));
        builder.Services.AddTollgate(catalog, options);
        builder.Services.AddTollgateCommands();
        builder.Services.AddSingleton<IAccountDirectory, OneOwner>();
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

    internal sealed class OneOwner : IAccountDirectory
    {
        public ValueTask<BillingCaller?> FindCallerAsync(
            ClaimsPrincipal principal,
            CancellationToken cancellationToken
        ) => new(new BillingCaller(Acme, IsBillingAdmin: true));

        public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(1);
    }

    internal sealed class OwnerSignIn(
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
