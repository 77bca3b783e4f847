using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hydra;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Access;
using Tollgate.Administration.Commands;
using Tollgate.Development;
using Tollgate.Sandbox;
using Tollgate.Testing;

namespace Tollgate.HydraTesting;

/// <summary>Hydra in this process, on a database and a Sandbox of its own.</summary>
public sealed class HydraHost : IAsyncDisposable
{
    public const string Password = "tollgate-demo";
    private const string GoodCard = "4242424242424242";
    private const string FailingCard = "4000000000000341";
    private readonly WebApplication host;
    private readonly TestDatabase store;

    private HydraHost(WebApplication app, TestDatabase database, Uri address)
    {
        host = app;
        store = database;
        Address = address;
    }

    public Uri Address { get; }

    public SandboxServer Sandbox => host.Services.GetRequiredService<RunningSandbox>().Server;

    public NpgsqlDataSource Database => host.Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>With the password, which the data source does not show.</summary>
    public string ConnectionString => store.ConnectionString;

    /// <summary>Of the endpoint; that of <c>stripe listen</c> stands behind it.</summary>
    public string WebhookSecret =>
        host.Services.GetRequiredService<IConfiguration>()["STRIPE_WEBHOOK_SECRET"]!.Split(',')[0];

    public T Service<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public static Task<HydraHost> StartAsync(params string[] settings) => StartAsync(configure: null, settings);

    /// <param name="configure">Adds endpoints of the test's own.</param>
    public static async Task<HydraHost> StartAsync(Action<WebApplication>? configure, params string[] settings) =>
        await StartAsync(await TestDatabase.CreateAsync(PrepareAsync), reach: null, configure, settings);

    /// <summary>Its way to the database can be cut.</summary>
    public static async Task<HydraHost> StartBehindAsync(CuttableProxy proxy, params string[] settings) =>
        await StartAsync(await TestDatabase.CreateAsync(PrepareAsync), proxy.Through, configure: null, settings);

    private static async Task<HydraHost> StartAsync(
        TestDatabase database,
        Func<string, string>? reach,
        Action<WebApplication>? configure,
        string[] settings
    )
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var app = Create(address, reach?.Invoke(database.ConnectionString) ?? database.ConnectionString, settings);
        configure?.Invoke(app);
        await app.StartTollgateAsync(TestContext.Current.CancellationToken);
        return new HydraHost(app, database, address);
    }

    // A database as the first start leaves it, once for all tests.
    private static async Task PrepareAsync(string connectionString)
    {
        await using var app = Create(new Uri($"http://127.0.0.1:{FreePort.Next()}"), connectionString, []);
        await app.Services.RunStartupStepsAsync(CancellationToken.None);
    }

    private static WebApplication Create(Uri address, string connectionString, string[] settings) =>
        HydraApp.Create([
            "--environment=Development",
            $"--contentRoot={Path.Combine(Repository.Root, "hosts", "Hydra")}",
            $"--urls={address.GetLeftPart(UriPartial.Authority)}",
            $"--ConnectionStrings:Tollgate={connectionString}",
            "--Development:SandboxPort=0",
            "--Development:KeepSandbox=false",
            "--Logging:LogLevel:Default=Warning",
            // whatever the machine has, no test's mail leaves it
            "--RESEND_API_KEY=",
            "--SMTP_URL=",
            .. settings,
        ]);

    /// <summary>A command of Hydra's executable, on this host's database and Stripe.</summary>
    public async Task<(int Code, string Output)> CommandAsync(params string[] args)
    {
        await using var output = new StringWriter();
        var code = await HostCommands.RunAsync(host, args, output, output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
        await store.DisposeAsync();
    }

    /// <summary>A browser of one person: cookies are kept.</summary>
    public async Task<HttpClient> SignInAsync(string email = "owner@acme.test")
    {
        var client = Anonymous();
        var answer = await client.PostAsJsonAsync(
            "/api/auth/login?useCookies=true",
            new { email, password = Password },
            TestContext.Current.CancellationToken
        );
        answer.EnsureSuccessStatusCode();
        return client;
    }

    public HttpClient Anonymous() =>
        new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>Stripe's API as a developer with the secret key sees it.</summary>
    public SandboxApi Stripe => new(Sandbox.BaseAddress);

    /// <summary>Delivers an event as Stripe would, signed now.</summary>
    public async Task<HttpResponseMessage> DeliverAsync(string body)
    {
        using var client = Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/stripe")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Stripe-Signature", Sign(body, TimeProvider.System.GetUtcNow()));
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public string Sign(string body, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds();
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(WebhookSecret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(hash)}";
    }

    /// <summary>One value of one row, by SQL, as an operator would look.</summary>
    public async Task<T?> QueryAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        var value = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        return value is null or DBNull ? default : (T)value;
    }

    public Task<T?> TenantAsync<T>(string column, string tenant = "acme") =>
        QueryAsync<T>($"SELECT {column} FROM public.tenants WHERE tenant_id = '{tenant}'");

    public async Task TierBecomesAsync(string tier, string tenant = "acme")
    {
        await Eventually.Async(
            async () => await TenantAsync<string>("plan_tier", tenant) == tier,
            what: $"{tenant} to be on {tier}"
        );
        await HeardAtTheGateAsync(tenant);
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
        await HeardAtTheGateAsync(tenant);
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
            TestContext.Current.CancellationToken
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
        await Stripe.ChargeToAsync(customer, subscription, card);
        var end = await TenantAsync<DateTime>("stripe_current_period_end", tenant);
        // an hour passes between the renewal's draft invoice and its charge
        var charged = end + TimeSpan.FromMinutes(61) - Sandbox.Clock.GetUtcNow().UtcDateTime;
        await Sandbox.AdvanceAsync(charged, TestContext.Current.CancellationToken);
        await StatusBecomesAsync("past_due", tenant);
    }

    /// <summary>The card is changed to a good one, and the open invoice is paid with it.</summary>
    public async Task PayOpenInvoiceAsync(string tenant = "acme")
    {
        var customer = (await TenantAsync<string>("stripe_customer_id", tenant))!;
        var subscription = (await TenantAsync<string>("stripe_subscription_id", tenant))!;
        await Stripe.ChargeToAsync(customer, subscription, GoodCard);
        var latest = await Stripe.GetAsync($"/v1/subscriptions/{subscription}");
        await Stripe.PostAsync($"/v1/invoices/{latest.GetProperty("latest_invoice").GetString()}/pay");
        await StatusBecomesAsync("active", tenant);
    }

    public static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    /// <summary>Until the gate knows the row as it is: it hears of a change a moment after the commit.</summary>
    private Task HeardAtTheGateAsync(string tenant) =>
        Eventually.Async(
            async () => await VersionAtTheGateAsync(tenant) >= await VersionAsync(tenant),
            what: $"the gate to hear of {tenant}"
        );

    private async Task<long> VersionAtTheGateAsync(string tenant) =>
        (await Service<AccessGate>().DecideAsync(new AccountId(tenant), TestContext.Current.CancellationToken))
            .State
            .Version;

    private Task<long> VersionAsync(string tenant) =>
        QueryAsync<long>($"SELECT coalesce(max(version), 0) FROM billing.subscriptions WHERE account_id = '{tenant}'");
}
