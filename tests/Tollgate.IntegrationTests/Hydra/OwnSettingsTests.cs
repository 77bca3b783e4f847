using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hydra;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;
using Tollgate.Sandbox;
using Tollgate.Settings;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>
/// Hydra on a database and a Stripe of one's own: here a Sandbox that Hydra knows only by its settings.
/// </summary>
public sealed class OwnSettingsTests
{
    private const string Key = "sk_test_of_my_own_account";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_database_and_stripe_settings_it_uses_those()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var stripe = await SandboxServer.StartAsync(cancellationToken: Token);
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var settings = await PublishAsync(stripe, address);
        settings["ConnectionStrings__Tollgate"] = database.ConnectionString;
        await using var hydra = HydraProcess.Start(address, settings);
        await hydra.ReadyAsync();

        using var owner = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        owner.BaseAddress = address;
        var login = new { email = "owner@acme.test", password = HydraHost.Password };
        await owner.PostAsJsonAsync("/api/auth/login?useCookies=true", login, Token);
        var order = new { price_id = "business_annual", seat_count = 2 };
        var checkout = await HydraHost.Json(await owner.PostAsJsonAsync("/api/billing/checkout", order, Token));
        var url = checkout.GetProperty("checkout_url").GetString()!;
        Assert.StartsWith(stripe.BaseAddress.AbsoluteUri, url, StringComparison.Ordinal);
        await new SandboxApi(stripe.BaseAddress).PayCheckoutAsync(url, "4242424242424242");

        await Eventually.Async(
            async () =>
                (await owner.GetFromJsonAsync<JsonElement>("/api/billing/status", Token))
                    .GetProperty("tier")
                    .GetString() == "business",
            ct: Token
        );
        Assert.DoesNotContain(Key, hydra.Output + hydra.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(settings["STRIPE_WEBHOOK_SECRET"], hydra.Output + hydra.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_the_catalog_twice_changes_nothing()
    {
        await using var stripe = await SandboxServer.StartAsync(cancellationToken: Token);
        var address = new Uri("http://127.0.0.1:1");
        var first = await PublishAsync(stripe, address);
        var api = new SandboxApi(stripe.BaseAddress);
        var before = await CountsAsync(api);

        var again = await PublishAsync(stripe, address, first["STRIPE_WEBHOOK_SECRET"]);

        Assert.Equal(first, again);
        Assert.Equal(
            "2 products, 4 prices, 2 billing_portal/configurations, 6 entitlements/features, 1 webhook_endpoints",
            before
        );
        Assert.Equal(before, await CountsAsync(api));
    }

    private static async Task<string> CountsAsync(SandboxApi api)
    {
        async Task<int> Count(string path) => (await api.GetAsync(path)).GetProperty("data").GetArrayLength();
        string[] paths =
        [
            "products",
            "prices",
            "billing_portal/configurations",
            "entitlements/features",
            "webhook_endpoints",
        ];
        var counts = new List<string>();
        foreach (var path in paths)
        {
            counts.Add($"{await Count("/v1/" + path)} {path}");
        }

        return string.Join(", ", counts);
    }

    private static async Task<Dictionary<string, string>> PublishAsync(
        SandboxServer server,
        Uri app,
        string? secret = null
    )
    {
        await using var hydra = HydraApp.Create([
            "--environment=Production",
            "--ConnectionStrings:Tollgate=Host=x.invalid",
        ]);
        var catalog = hydra.Services.GetRequiredService<PlanCatalog>();
        var settings = new StripeSettings
        {
            ApiBase = server.BaseAddress,
            SecretKey = Key,
            WebhookSecrets = [],
        };
        using var client = StripeClient.Create(settings, TimeProvider.System);
        var webhook = new Uri(app, "/api/webhooks/stripe");
        var published = await new PublishCatalog(client, catalog).RunAsync(
            new PublishWish(webhook, EventRoutes.Types) { IsSecretKnown = secret is not null },
            Token
        );
        var variables = new Dictionary<string, string>
        {
            ["STRIPE_API_BASE"] = server.BaseAddress.AbsoluteUri,
            ["STRIPE_SECRET_KEY"] = Key,
            ["STRIPE_PUBLISHABLE_KEY"] = "pk_test_of_my_own_account",
            ["STRIPE_WEBHOOK_SECRET"] = published.WebhookSecret ?? secret!,
            ["STRIPE_PORTAL_CONFIG_ID"] = published.PortalConfigurationId!,
        };
        foreach (var price in catalog.Plans.SelectMany(plan => plan.Prices))
        {
            variables[StripeEnvironment.PriceSetting(price)] = published.PriceIds[price.Alias];
        }

        return variables;
    }
}
