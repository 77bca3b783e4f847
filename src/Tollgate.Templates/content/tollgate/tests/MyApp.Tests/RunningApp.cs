using System.Net;
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
public sealed class RunningApp : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private WebApplication app = null!;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Stripe: its clock can be moved, and cards can be made to fail.</summary>
    public SandboxServer Stripe => app.Services.GetRequiredService<RunningSandbox>().Server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string[] args =
        [
            "--environment=Development",
            $"--urls={Address.GetLeftPart(UriPartial.Authority)}",
            "--Development:KeepSandbox=false",
        ];
        app = App.Create(args, name: "my-app-name-tests", sandboxPort: 0);
        await app.StartTollgateAsync(Token);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Somebody new, signed in.</summary>
    public async Task<HttpClient> SignInAsync()
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = Address,
        };
        var answer = await client.PostAsJsonAsync("/api/sign-in", new { email = $"{Guid.NewGuid():N}@example.com" });
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Buys as a person would: Checkout, a card on Stripe's page, and the webhook that follows.</summary>
    public async Task BuyAsync(HttpClient client, string price, string card = "4242424242424242")
    {
        var wish = new { price_id = price, seat_count = 1 };
        var opened = await client.PostAsJsonAsync("/api/billing/checkout", wish, Token);
        opened.EnsureSuccessStatusCode();
        var answer = await opened.Content.ReadFromJsonAsync<JsonElement>(Token);
        await Stripe.PayCheckoutAsync(new Uri(answer.GetProperty("checkout_url").GetString()!), card, Token);
        await UntilAsync(
            async () => (await client.GetFromJsonAsync<JsonElement>("/api/billing/status", Token)),
            status => status.GetProperty("kind").GetString() == "paid"
        );
    }

    /// <summary>Reads again and again until it holds.</summary>
    public static async Task UntilAsync<T>(Func<Task<T>> read, Func<T, bool> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        while (!holds(await read()))
        {
            await Task.Delay(Pause, limit.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
