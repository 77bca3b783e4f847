using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ImportCsv;
using Microsoft.AspNetCore.Builder;
using Tollgate.Hosting;
using Tollgate.Startup;

namespace Tollgate.ImportCsvTesting;

/// <summary>ImportCSV in this process, on a database and a Sandbox of its own.</summary>
public sealed class ImportCsvHost : RunningProduct
{
    public const string Owner = "owner@importcsv.test";
    public const string Password = "tollgate-demo";
    public const string DemoKey = "imp_demo";

    private ImportCsvHost(WebApplication app, TestDatabase database, Uri address)
        : base(app, database, address) { }

    public static async Task<ImportCsvHost> StartAsync(params string[] settings) =>
        await StartOnAsync(await TestDatabase.CreateAsync(PrepareAsync), settings);

    /// <summary>On a database that nothing was done to.</summary>
    public static async Task<ImportCsvHost> StartFreshAsync(params string[] settings) =>
        await StartOnAsync(await TestDatabase.CreateAsync(), settings);

    /// <summary>With a database whose connections the test can cut.</summary>
    public static async Task<ImportCsvHost> StartThroughAsync(CuttableProxy proxy)
    {
        var database = await TestDatabase.CreateAsync(PrepareAsync);
        return await StartOnAsync(
            database,
            [$"--ConnectionStrings:Tollgate={proxy.Through(database.ConnectionString)}"]
        );
    }

    private static async Task<ImportCsvHost> StartOnAsync(TestDatabase database, string[] settings)
    {
        var address = FreeAddress();
        var app = Create(address, database.ConnectionString, settings);
        await app.StartTollgateAsync(Token);
        return new ImportCsvHost(app, database, address);
    }

    // A database as the first start leaves it, once for all tests.
    private static async Task PrepareAsync(string connectionString)
    {
        await using var app = Create(FreeAddress(), connectionString, []);
        await app.Services.RunStartupStepsAsync(CancellationToken.None);
    }

    private static WebApplication Create(Uri address, string connectionString, string[] settings) =>
        ImportCsvApp.Create(Settings(address, connectionString, [ContentRoot("ImportCsv"), .. settings]));

    public HttpClient Anonymous() =>
        new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = Address,
        };

    /// <summary>A browser of one person: cookies are kept.</summary>
    public async Task<HttpClient> SignInAsync(string email = Owner, string password = Password)
    {
        var client = Anonymous();
        var answer = await client.PostAsJsonAsync("/api/auth/login", new { email, password }, Token);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        return client;
    }

    /// <summary>What a browser of the owner sends along, for a caller that is none.</summary>
    public async Task<string> CookieAsync()
    {
        using var client = Anonymous();
        var answer = await client.PostAsJsonAsync("/api/auth/login", new { email = Owner, password = Password }, Token);
        return string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
    }

    /// <summary>Sends a CSV as an embedding page does.</summary>
    public Task<HttpResponseMessage> ImportAsync(
        string csv,
        string key = DemoKey,
        string? once = null,
        string? origin = null,
        object? mapping = null,
        bool hasHeader = true,
        string? delimiter = null
    ) => ImportAsync(new StringContent(csv), key, once, origin, mapping, hasHeader, delimiter);

    public async Task<HttpResponseMessage> ImportAsync(
        HttpContent file,
        string key = DemoKey,
        string? once = null,
        string? origin = null,
        object? mapping = null,
        bool hasHeader = true,
        string? delimiter = null
    )
    {
        using var client = Anonymous();
        client.Timeout = Timeout.InfiniteTimeSpan; // a large file on a busy machine takes what it takes
        using var form = new MultipartFormDataContent { { new StringContent(key), "importer_key" } };
        if (mapping is not null)
        {
            form.Add(new StringContent(JsonSerializer.Serialize(mapping)), "mapping");
        }

        form.Add(new StringContent(hasHeader ? "true" : "false"), "has_header");
        if (delimiter is not null)
        {
            form.Add(new StringContent(delimiter), "delimiter");
        }

        form.Add(file, "file", "people.csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports/") { Content = form };
        if (once is not null)
        {
            request.Headers.Add("Idempotency-Key", once);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await client.SendAsync(request, Token);
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>A column of the contract view.</summary>
    public Task<T?> UserAsync<T>(string column, string email = Owner) =>
        QueryAsync<T>($"SELECT {column} FROM public.users WHERE email = '{email}'");

    /// <summary>Buys a tier the way a person does.</summary>
    public async Task BuyAsync(HttpClient client, string tier)
    {
        var answer = await client.PostAsJsonAsync("/api/v1/billing/checkout", new { tier }, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Stripe.PayCheckoutAsync((await Json(answer)).GetProperty("url").GetString()!, GoodCard);
        await BecomesAsync(tier, "active");
    }

    /// <summary>Until the row says so, and the gate is invalidated.</summary>
    public async Task BecomesAsync(string tier, string status, string email = Owner)
    {
        await Eventually.Async(
            async () =>
                await UserAsync<string>("subscription_tier", email) == tier
                && await UserAsync<string>("subscription_status", email) == status,
            what: $"{email} to be {status} on {tier}"
        );
        await GateInvalidatedAsync((await UserAsync<string>("user_id", email))!);
    }

    /// <summary>A month goes by, and the renewal's charge fails.</summary>
    public async Task FailRenewalAsync()
    {
        var customer = (await UserAsync<string>("stripe_customer_id"))!;
        var subscription = (await UserAsync<string>("subscription_id"))!;
        var end = await QueryAsync<DateTime>("SELECT paid_through FROM billing.subscriptions");
        await RenewAsync(customer, subscription, end, FailingCard);
        await BecomesAsync(await TierAsync(), "past_due");
    }

    /// <summary>The card is changed to a good one, and the open invoice is paid with it.</summary>
    public async Task PayOpenInvoiceAsync()
    {
        var customer = (await UserAsync<string>("stripe_customer_id"))!;
        var subscription = (await UserAsync<string>("subscription_id"))!;
        await PayLatestInvoiceAsync(customer, subscription);
    }

    private async Task<string> TierAsync() => (await UserAsync<string>("subscription_tier"))!;
}
