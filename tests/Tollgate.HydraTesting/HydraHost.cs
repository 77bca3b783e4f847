using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hydra;
using Microsoft.AspNetCore.Builder;
using Tollgate.Hosting;
using Tollgate.Startup;
using Tollgate.Testing;

namespace Tollgate.HydraTesting;

/// <summary>Hydra in this process, on a database and a Sandbox of its own.</summary>
public sealed class HydraHost : RunningProduct
{
    public const string Password = "tollgate-demo";

    private HydraHost(WebApplication app, string connectionString, TestDatabase? database, Uri address)
        : base(app, database, address) => ConnectionString = connectionString;

    /// <summary>With the password, which the data source does not show.</summary>
    public string ConnectionString { get; }

    public static Task<HydraHost> StartAsync(params string[] settings) => StartAsync(configure: null, settings);

    /// <param name="configure">Adds endpoints of the test's own.</param>
    public static async Task<HydraHost> StartAsync(Action<WebApplication>? configure, params string[] settings) =>
        await StartAsync(await TestDatabase.CreateAsync(PrepareAsync), reach: null, configure, settings);

    /// <summary>Its way to the database can be cut.</summary>
    public static async Task<HydraHost> StartBehindAsync(CuttableProxy proxy, params string[] settings) =>
        await StartAsync(await TestDatabase.CreateAsync(PrepareAsync), proxy.Through, configure: null, settings);

    /// <summary>On a database of the test's own, which may be empty.</summary>
    public static Task<HydraHost> StartOnAsync(string connectionString, params string[] settings) =>
        StartAsync(connectionString, database: null, configure: null, settings);

    private static Task<HydraHost> StartAsync(
        TestDatabase database,
        Func<string, string>? reach,
        Action<WebApplication>? configure,
        string[] settings
    ) =>
        StartAsync(
            reach?.Invoke(database.ConnectionString) ?? database.ConnectionString,
            database,
            configure,
            settings
        );

    private static async Task<HydraHost> StartAsync(
        string connectionString,
        TestDatabase? database,
        Action<WebApplication>? configure,
        string[] settings
    )
    {
        var address = FreeAddress();
        var app = Create(address, connectionString, settings);
        configure?.Invoke(app);
        await app.StartTollgateAsync(Token);
        return new HydraHost(app, database?.ConnectionString ?? connectionString, database, address);
    }

    // A database as the first start leaves it, once for all tests.
    private static async Task PrepareAsync(string connectionString)
    {
        await using var app = Create(FreeAddress(), connectionString, []);
        await app.Services.RunStartupStepsAsync(CancellationToken.None);
    }

    private static WebApplication Create(Uri address, string connectionString, string[] settings) =>
        HydraApp.Create(Settings(address, connectionString, [ContentRoot("Hydra"), .. settings]));

    /// <summary>A browser of one person: cookies are kept.</summary>
    public async Task<HttpClient> SignInAsync(string email = "owner@acme.test")
    {
        var client = Anonymous();
        var answer = await client.PostAsJsonAsync(
            "/api/auth/login?useCookies=true",
            new { email, password = Password },
            Token
        );
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>A new tenant with its owner, who has confirmed the address and is signed in.</summary>
    public async Task<HttpClient> SignUpAsync(string email, string organization)
    {
        var client = Anonymous();
        var sign = new
        {
            organization,
            email,
            password = Password,
        };
        (await client.PostAsJsonAsync("/api/auth/register", sign, Token)).EnsureSuccessStatusCode();
        await ConfirmAsync(client, email, Password);
        return client;
    }

    public HttpClient Anonymous() =>
        new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>Delivers an event as Stripe would, signed now.</summary>
    public async Task<HttpResponseMessage> DeliverAsync(string body)
    {
        using var client = Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/stripe")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Stripe-Signature", Sign(body));
        return await client.SendAsync(request, Token);
    }

    public Task<T?> TenantAsync<T>(string column, string tenant = "acme") =>
        QueryAsync<T>($"SELECT {column} FROM public.tenants WHERE tenant_id = '{tenant}'");

    public async Task TierBecomesAsync(string tier, string tenant = "acme")
    {
        await Eventually.Async(
            async () => await TenantAsync<string>("plan_tier", tenant) == tier,
            what: $"{tenant} to be on {tier}"
        );
        await GateInvalidatedAsync(tenant);
    }

    /// <summary>Until no event waits.</summary>
    public Task QuietAsync() =>
        Eventually.Async(
            async () =>
                await QueryAsync<long>(
                    "SELECT count(*) FROM billing.inbox_receipts WHERE state IN ('received', 'waiting')"
                ) == 0,
            what: "the inbox to be empty"
        );

    public async Task StatusBecomesAsync(string status, string tenant = "acme")
    {
        await Eventually.Async(
            async () => await TenantAsync<string>("stripe_subscription_status", tenant) == status,
            what: $"{tenant} to be {status}"
        );
        await GateInvalidatedAsync(tenant);
    }

    /// <summary>Buys a plan the way a person does, and returns the Checkout Session's id.</summary>
    public async Task<string> BuyAsync(
        HttpClient client,
        string price = "team_monthly",
        int seats = 3,
        string card = GoodCard
    )
    {
        var answer = await client.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = price, seat_count = seats },
            Token
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var url = (await Json(answer)).GetProperty("checkout_url").GetString()!;
        return await Stripe.PayCheckoutAsync(url, card);
    }

    /// <summary>All Checkout Sessions there ever were, as Stripe lists them.</summary>
    public async Task<IReadOnlyList<JsonElement>> CheckoutSessionsAsync() =>
        [.. (await Stripe.GetAsync("/v1/checkout/sessions")).GetProperty("data").EnumerateArray()];

    /// <summary>A month goes by, and the renewal's charge fails.</summary>
    public async Task FailRenewalAsync(string tenant = "acme", string card = FailingCard)
    {
        var customer = (await TenantAsync<string>("stripe_customer_id", tenant))!;
        var subscription = (await TenantAsync<string>("stripe_subscription_id", tenant))!;
        var end = await TenantAsync<DateTime>("stripe_current_period_end", tenant);
        await RenewAsync(customer, subscription, end, card);
        await StatusBecomesAsync("past_due", tenant);
    }

    /// <summary>The card is changed to a good one, and the open invoice is paid with it.</summary>
    public async Task PayOpenInvoiceAsync(string tenant = "acme")
    {
        var customer = (await TenantAsync<string>("stripe_customer_id", tenant))!;
        var subscription = (await TenantAsync<string>("stripe_subscription_id", tenant))!;
        await PayLatestInvoiceAsync(customer, subscription);
        await StatusBecomesAsync("active", tenant);
    }
}
