using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Development;
using Tollgate.Hosting;
using Tollgate.Sandbox;

namespace MyApp.Tests;

/// <summary>The app in this process, with a database and a Stripe of its own.</summary>
public sealed class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly WebApplication app;
    private readonly Uri address;

    private RunningApp(WebApplication app, Uri address) => (this.app, this.address) = (app, address);

    /// <summary>Stripe: its clock can be moved, and cards can be made to fail.</summary>
    public SandboxServer Stripe => app.Services.GetRequiredService<RunningSandbox>().Server;

    /// <param name="name">Of the database in the private PostgreSQL: apps that run side by side have one each.</param>
    public static async Task<RunningApp> StartAsync(string name = "my-app-tests")
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] args =
        [
            "--environment=Development",
            "--applicationName=MyApp",
            $"--urls={url.GetLeftPart(UriPartial.Authority)}",
            "--Development:KeepSandbox=false",
            "--BILLING_ENABLED=true", // whatever the settings of the app say
        ];
        var created = App.Create(args, name, sandboxPort: 0);
        await created.StartTollgateAsync(CancellationToken.None);
        return new RunningApp(created, url);
    }

    /// <summary>Somebody new, signed in.</summary>
    public async Task<HttpClient> SignInAsync()
    {
        var client = new HttpClient { BaseAddress = address };
        await client.GetStringAsync($"/login?email={Guid.NewGuid():N}@example.com");
        return client;
    }

    /// <summary>Buys as a person would: Checkout, a card on Stripe's page, and the webhook that follows.</summary>
    public async Task BuyAsync(HttpClient client, string price, string card = "4242424242424242")
    {
        var wish = new { price_id = price, seat_count = 1 };
        var opened = await client.PostAsJsonAsync("/api/billing/checkout", wish);
        var answer = await opened.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        await Stripe.PayCheckoutAsync(new Uri(answer.GetProperty("checkout_url").GetString()!), card);
        await UntilAsync(async () => await StatusAsync(client, "kind") == "paid");
    }

    /// <summary>Moves Stripe's clock and the app's; returns when the webhooks on the way were delivered.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        await Stripe.AdvanceAsync(by);
        await Stripe.WaitForDeliveriesAsync();
    }

    /// <summary>A member of what the app says of itself at <c>/api/billing/status</c>.</summary>
    public static async Task<string?> StatusAsync(HttpClient client, string member) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/billing/status")).GetProperty(member).ToString();

    /// <summary>Asks again and again until it holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(Pause);
        while (!await holds())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
