using System.Net.Http.Json;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Hydra with an address for people and one for programs, as it is in production.</summary>
public sealed class AddressTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stripe_delivers_to_the_api_and_sends_people_back_to_the_app()
    {
        await using var hydra = await HydraHost.StartAsync(
            "--Tollgate:AppUrl=https://app.hydra.test",
            "--Tollgate:ApiUrl=https://api.hydra.test"
        );
        // a cookie of an https site does not travel over this test's http
        using var owner = hydra.Anonymous();
        var credentials = new { email = "owner@acme.test", password = HydraHost.Password };
        var signedIn = await HydraHost.Json(await owner.PostAsJsonAsync("/api/auth/login", credentials, Token));
        owner.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.GetProperty("access_token").GetString());
        var order = new { price_id = "team_monthly", seat_count = 2 };
        (await owner.PostAsJsonAsync("/api/billing/checkout", order, Token)).EnsureSuccessStatusCode();

        var endpoints = (await hydra.Stripe.GetAsync("/v1/webhook_endpoints")).GetProperty("data");
        var checkout = Assert.Single(await hydra.CheckoutSessionsAsync());
        Assert.Equal(
            "https://api.hydra.test/api/webhooks/stripe",
            Assert.Single(endpoints.EnumerateArray()).GetProperty("url").GetString()
        );
        Assert.StartsWith(
            "https://app.hydra.test/billing/success?",
            checkout.GetProperty("success_url").GetString(),
            StringComparison.Ordinal
        );
        var (_, plan) = await hydra.CommandAsync("setup");
        Assert.Contains(
            "found        webhook endpoint https://api.hydra.test/api/webhooks/stripe",
            plan,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Setup_needs_the_key_of_Stripe_alone()
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["STRIPE_SECRET_KEY"] = "",
        };
        await using var without = ProductProcess.Type("Hydra", environment, "setup");
        Assert.Equal(1, await without.ExitCodeAsync());
        Assert.StartsWith(
            "STRIPE_SECRET_KEY is not set",
            Assert.Single(without.Errors.Split('\n')),
            StringComparison.Ordinal
        );

        await using var stripe = await Sandbox.SandboxServer.StartAsync(cancellationToken: Token);
        environment["STRIPE_SECRET_KEY"] = "sk_test_of_an_empty_account";
        environment["STRIPE_API_BASE"] = stripe.BaseAddress.AbsoluteUri;
        string[] typed = ["setup", "--yes", "--webhook-url", "https://api.hydra.test/api/webhooks/stripe"];
        await using var setup = ProductProcess.Type("Hydra", environment, typed);

        Assert.True(await setup.ExitCodeAsync() == 0, setup.Errors);
        Assert.Contains("STRIPE_BUSINESS_ANNUAL_PRICE_ID=price_", setup.Output, StringComparison.Ordinal);
        Assert.Contains("STRIPE_PORTAL_CONFIG_ID=bpc_", setup.Output, StringComparison.Ordinal);
        Assert.Empty(setup.Errors);
    }

    [Fact]
    public async Task Development_refuses_live_keys()
    {
        var environment = new Dictionary<string, string>
        {
            ["STRIPE_SECRET_KEY"] = "sk_" + "live_aaaaaaaaaaaa",
            ["STRIPE_PUBLISHABLE_KEY"] = "pk_" + "live_aaaaaaaaaaaa",
            ["ConnectionStrings__Tollgate"] = "Host=127.0.0.1;Port=1",
        };
        await using var hydra = HydraProcess.Start(new Uri($"http://127.0.0.1:{FreePort.Next()}"), environment);
        await using var setup = ProductProcess.Type("Hydra", environment, "setup");

        Assert.Equal((1, 1), (await hydra.ExitCodeAsync(), await setup.ExitCodeAsync()));
        foreach (var name in new[] { "STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY" })
        {
            Assert.Contains(
                $"{name} is a live key, which Development never uses",
                hydra.Errors,
                StringComparison.Ordinal
            );
            Assert.Contains(
                $"{name} is a live key, which Development never uses",
                setup.Errors,
                StringComparison.Ordinal
            );
        }

        Assert.DoesNotContain("aaaaaaaaaaaa", hydra.Errors + setup.Errors, StringComparison.Ordinal);
    }
}
