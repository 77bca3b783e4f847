using System.Collections.Concurrent;
using Hydra;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>A Stripe that is known by its address and a test key only: Stripe's own test mode, or what stands for
/// it.</summary>
internal sealed record TestMode(Uri Address, string Key)
{
    private const string KeySetting = "TOLLGATE_STRIPE_TEST_KEY";
    private const string AddressSetting = "TOLLGATE_STRIPE_TEST_API";

    private static readonly PlanCatalog Catalog = ReadCatalog();

    // tests at once would each make a catalog that none of them found
    private static readonly ConcurrentDictionary<TestMode, Lazy<Task<PublishedCatalog>>> Published = [];

    /// <summary>Stripe's test mode when its key is in the environment, else the Sandbox.</summary>
    public static Task<IStage> OpenStageAsync() =>
        Environment.GetEnvironmentVariable(KeySetting) is { Length: > 0 } key
            ? TestModeStage.OpenAsync(new TestMode(AddressInEnvironment, key))
            : SandboxStage.OpenAsync();

    private static Uri AddressInEnvironment =>
        new(
            Environment.GetEnvironmentVariable(AddressSetting) is { Length: > 0 } other
                ? other
                : "https://api.stripe.com"
        );

    /// <summary>Never shows the key.</summary>
    public override string ToString() => Address.AbsoluteUri;

    /// <summary>What Hydra has to know to use it.</summary>
    /// <param name="webhookSecret">Of <c>stripe listen</c>.</param>
    public async Task<string[]> SettingsAsync(string webhookSecret)
    {
        var published = await Published.GetOrAdd(this, one => new(one.PublishAsync)).Value;
        return
        [
            $"--STRIPE_API_BASE={Address.AbsoluteUri}",
            $"--STRIPE_SECRET_KEY={Key}",
            "--STRIPE_PUBLISHABLE_KEY=pk_test_nobody_uses_it",
            $"--STRIPE_WEBHOOK_SECRET={webhookSecret}",
            $"--STRIPE_PORTAL_CONFIG_ID={published.PortalConfigurationId}",
            .. Catalog
                .Plans.SelectMany(plan => plan.Prices)
                .Select(price => $"--{StripeEnvironment.PriceSetting(price)}={published.PriceSetting(price.Alias)}"),
        ];
    }

    private static PlanCatalog ReadCatalog()
    {
        using var hydra = HydraApp.Create(["--environment=Production", "--ConnectionStrings:Tollgate=Host=x.invalid"]);
        return hydra.Services.GetRequiredService<PlanCatalog>();
    }

    private async Task<PublishedCatalog> PublishAsync()
    {
        var settings = new StripeSettings
        {
            ApiBase = Address,
            SecretKey = Key,
            WebhookSecrets = [],
        };
        using var stripe = StripeClient.Create(settings, TimeProvider.System);
        // no endpoint: Stripe cannot reach this machine, and `stripe listen` forwards
        var wish = new PublishWish(WebhookUrl: null, EventRoutes.Types);
        return await new PublishCatalog(stripe, Catalog).RunAsync(wish, CancellationToken.None);
    }
}
