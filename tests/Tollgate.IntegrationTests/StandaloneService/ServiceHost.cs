using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Standalone;
using Standalone.ApiKeys;
using Tollgate.Hosting;
using Tollgate.Startup;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.StandaloneService;

/// <summary>The Standalone service in this process, on a database and a Sandbox of its own.</summary>
internal sealed class ServiceHost : RunningProduct
{
    public static readonly string Plans = Path.Combine(Repository.Root, "hosts", "Standalone", "plans.json");

    private ServiceHost(WebApplication app, TestDatabase database, Uri address)
        : base(app, database, address) => Server = Caller(DemoKey.Secret);

    /// <summary>The app's server, whose key may do everything.</summary>
    public HttpClient Server { get; }

    /// <param name="plans">A file with another catalog than the example's.</param>
    public static async Task<ServiceHost> StartAsync(string? plans = null, params string[] settings)
    {
        var database = await TestDatabase.CreateAsync(PrepareAsync);
        var address = FreeAddress();
        var app = Create(plans ?? Plans, address, database.ConnectionString, settings);
        await app.StartTollgateAsync(Token);
        return new ServiceHost(app, database, address);
    }

    public HttpClient Caller(string secret) =>
        new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new("Bearer", secret) } };

    public async Task<JsonElement> GetAsync(string account, string what) =>
        await Read(await Server.GetAsync(Of(account, what), Token));

    public async Task<JsonElement> PostAsync(string account, string what, object body) =>
        await Read(await TryAsync(account, what, body));

    public Task<HttpResponseMessage> TryAsync(string account, string what, object body) =>
        Server.PostAsJsonAsync(Of(account, what), body, Token);

    /// <summary>Says what an account is called.</summary>
    public async Task OpenAsync(string account, int? seats = null) =>
        await Read(
            await Server.PutAsJsonAsync(
                Of(account, ""),
                new
                {
                    name = account,
                    billing_email = $"{account}@example.com",
                    seats_in_use = seats,
                },
                Token
            )
        );

    public async Task BuyAsync(string account, string price = "pro_monthly")
    {
        var opened = await PostAsync(account, "checkout", new { price_id = price });
        await Stripe.PayCheckoutAsync(opened.GetProperty("checkout_url").GetString()!, GoodCard);
        await Eventually.Async(
            async () => (await GetAsync(account, "status")).GetProperty("tier").GetString() == "pro",
            ct: Token,
            what: "the plan to be there"
        );
    }

    /// <summary>A command's answer as a program reads it.</summary>
    public async Task<JsonElement> JsonCommandAsync(params string[] words)
    {
        var (code, output) = await CommandAsync([.. words, "--json"]);
        Assert.True(code == 0, output);
        return JsonElement.Parse(output);
    }

    public override ValueTask DisposeAsync()
    {
        Server.Dispose();
        return base.DisposeAsync();
    }

    public static string Of(string account, string what) =>
        $"/v1/accounts/{Uri.EscapeDataString(account)}{(what.Length == 0 ? "" : $"/{what}")}";

    private static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return await Json(answer);
    }

    // a database as the first start leaves it, once for all tests
    private static async Task PrepareAsync(string connectionString)
    {
        await using var app = Create(Plans, FreeAddress(), connectionString);
        await app.Services.RunStartupStepsAsync(CancellationToken.None);
    }

    private static WebApplication Create(
        string plans,
        Uri address,
        string connectionString,
        params string[] settings
    ) => StandaloneApp.Create(plans, Settings(address, connectionString, [ContentRoot("Standalone"), .. settings]));
}
