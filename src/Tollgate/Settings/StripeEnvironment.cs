using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Settings;

/// <summary>
/// The settings of Stripe, read and checked once at start: each by its key below <c>Tollgate:Stripe</c>, else by its
/// older name, which begins with <c>STRIPE_</c>. One that is missing, malformed or of another mode stops the start with
/// its name; no value is ever shown.
/// </summary>
internal static partial class StripeEnvironment
{
    public const string SecretKey = "STRIPE_SECRET_KEY";
    public const string PublishableKey = "STRIPE_PUBLISHABLE_KEY";
    public const string WebhookSecret = "STRIPE_WEBHOOK_SECRET";
    public const string PortalConfiguration = "STRIPE_PORTAL_CONFIG_ID";

    /// <summary>Where another Stripe answers than the real one; the Sandbox in Development.</summary>
    public const string ApiBase = "STRIPE_API_BASE";

    internal static readonly Setting SecretKeySetting = new(
        "Tollgate:Stripe:SecretKey",
        "sk_test_..., sk_live_..., rk_test_... or rk_live_...",
        "the key that Stripe is called with"
    )
    {
        OlderName = SecretKey,
        Takes = text => SecretKeyForm().IsMatch(text),
    };

    internal static readonly Setting PublishableKeySetting = new(
        "Tollgate:Stripe:PublishableKey",
        "pk_test_... or pk_live_...",
        "the key that pages may know"
    )
    {
        OlderName = PublishableKey,
        Takes = text => PublishableKeyForm().IsMatch(text),
    };

    internal static readonly Setting WebhookSecretSetting = new(
        "Tollgate:Stripe:WebhookSecret",
        "whsec_..., or two of them with a comma while one is rolled",
        "the secret that events are signed with, which setup prints"
    )
    {
        OlderName = WebhookSecret,
        Takes = text => Values(text) is { Length: > 0 } all && Array.TrueForAll(all, WebhookSecretForm().IsMatch),
    };

    internal static readonly Setting PortalSetting = new(
        "Tollgate:Stripe:PortalConfigurationId",
        "bpc_...",
        "the monthly portal configuration, which setup prints"
    )
    {
        OlderName = PortalConfiguration,
        Takes = text => PortalForm().IsMatch(text),
    };

    internal static readonly Setting ApiBaseSetting = new(
        "Tollgate:Stripe:ApiBase",
        "an https address, or one on this machine",
        "where another Stripe answers than the real one"
    )
    {
        OlderName = ApiBase,
        Takes = text =>
            Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback),
    };

    /// <summary>The setting that holds a price's Stripe id: <c>STRIPE_TEAM_MONTHLY_PRICE_ID</c>.</summary>
    public static string PriceSetting(PlanPrice price) => $"STRIPE_{price.Alias.ToUpperInvariant()}_PRICE_ID";

    /// <summary>True when any of the settings is given, and so all must be.</summary>
    public static bool IsGiven(IConfiguration configuration, PlanCatalog catalog) =>
        All(catalog).Any(setting => setting.Read(configuration) is not null);

    /// <exception cref="StartupException">Names what is missing, malformed or of another mode.</exception>
    public static StripeSettings ReadSettings(IConfiguration configuration)
    {
        var faults = new SettingFaults();
        var settings = ReadSettings(configuration, faults);
        faults.ThrowIfAny();
        return settings!;
    }

    /// <summary>As the host has them; a live key in Development is among the faults.</summary>
    internal static StripeSettings ReadSettings(HostSettings host)
    {
        var faults = new SettingFaults();
        var settings = ReadSettings(host.Configuration, faults);
        RefuseLive(host, faults);
        faults.ThrowIfAny();
        return settings!;
    }

    /// <summary>The key alone, for the set-up that makes what the other settings name.</summary>
    /// <exception cref="StartupException">The key is missing, malformed, or a live one in Development.</exception>
    internal static StripeSettings ReadKey(HostSettings host)
    {
        var configuration = host.Configuration;
        var faults = new SettingFaults();
        var secretKey = faults.Required(configuration, SecretKeySetting);
        var apiBase = ReadApiBase(configuration, secretKey, faults);
        RefuseLive(host, faults);
        faults.ThrowIfAny();
        return new StripeSettings
        {
            ApiBase = apiBase,
            SecretKey = secretKey!,
            WebhookSecrets = [],
        };
    }

    /// <exception cref="StartupException">A price setting is missing or malformed, or one id is given
    /// twice.</exception>
    public static PriceBook ReadPrices(IConfiguration configuration, PlanCatalog catalog)
    {
        var faults = new SettingFaults();
        var prices = ReadPrices(configuration, catalog, faults);
        faults.ThrowIfAny();
        return prices!;
    }

    /// <summary>Null when something of it is among the faults.</summary>
    internal static StripeSettings? ReadSettings(IConfiguration configuration, SettingFaults faults)
    {
        var secretKey = faults.Required(configuration, SecretKeySetting);
        var publishableKey = faults.Required(configuration, PublishableKeySetting);
        var webhookSecret = faults.Required(configuration, WebhookSecretSetting);
        var portal = faults.Required(configuration, PortalSetting);
        var apiBase = ReadApiBase(configuration, secretKey, faults);
        if (secretKey is not null && publishableKey is not null && IsLive(secretKey) != IsLive(publishableKey))
        {
            faults.Add($"{PublishableKey} and {SecretKey} are of different modes: one is live, one is test.");
        }

        return secretKey is null || publishableKey is null || webhookSecret is null || portal is null
            ? null
            : new StripeSettings
            {
                ApiBase = apiBase,
                SecretKey = secretKey,
                PublishableKey = publishableKey,
                WebhookSecrets = Values(webhookSecret),
                PortalConfigurationId = portal,
            };
    }

    /// <summary>Null when something of it is among the faults.</summary>
    internal static PriceBook? ReadPrices(IConfiguration configuration, PlanCatalog catalog, SettingFaults faults)
    {
        var ids = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var price in catalog.Plans.SelectMany(plan => plan.Prices))
        {
            var setting = SettingOf(price);
            if (faults.Required(configuration, setting) is not { } text)
            {
                continue;
            }

            string[] given = [.. Values(text).Union(price.FormerIds)];
            if (ids.FirstOrDefault(other => other.Value.Intersect(given).Any()) is { Key: { } duplicate })
            {
                faults.Add($"{setting.Name} names a price that {duplicate} has already.");
                continue;
            }

            ids.Add(price.Alias, given);
        }

        return ids.Count == catalog.Plans.Sum(plan => plan.Prices.Count) ? new PriceBook(catalog, ids) : null;
    }

    /// <summary>All that must be given as soon as one of them is.</summary>
    internal static IEnumerable<Setting> All(PlanCatalog catalog) =>
        catalog
            .Plans.SelectMany(plan => plan.Prices)
            .Select(SettingOf)
            .Concat([SecretKeySetting, PublishableKeySetting, WebhookSecretSetting, PortalSetting]);

    internal static IEnumerable<string> Names(PlanCatalog catalog) => All(catalog).Select(setting => setting.Name);

    internal static string PriceKey(string alias) => $"Tollgate:Stripe:PriceIds:{alias}";

    internal static bool IsLive(string key) => key.Contains("_live_", StringComparison.Ordinal);

    // Development has people whose password everybody knows, and pages that show mails
    private static void RefuseLive(HostSettings host, SettingFaults faults)
    {
        var isLive = SecretKeySetting.Read(host.Configuration) is { } secret && IsLive(secret);
        if (!isLive || !host.Environment.IsDevelopment())
        {
            return;
        }

        foreach (var setting in (Setting[])[SecretKeySetting, PublishableKeySetting])
        {
            if (setting.Read(host.Configuration) is { } key && setting.Takes(key) && IsLive(key))
            {
                faults.Add(
                    $"{setting.Name} is a live key, which Development never uses: set a test key, or "
                        + "ASPNETCORE_ENVIRONMENT=Production."
                );
            }
        }
    }

    private static Setting SettingOf(PlanPrice price) =>
        new(PriceKey(price.Alias), "price_..., with retired ids after a comma", "the price's id, which setup prints")
        {
            OlderName = PriceSetting(price),
            Takes = text => Values(text) is { Length: > 0 } all && Array.TrueForAll(all, PriceForm().IsMatch),
        };

    private static string[] Values(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Uri ReadApiBase(IConfiguration configuration, string? secretKey, SettingFaults faults)
    {
        var uri = new Uri(faults.Optional(configuration, ApiBaseSetting) ?? "https://api.stripe.com");
        if (uri.IsLoopback && secretKey is not null && IsLive(secretKey))
        {
            faults.Add($"{ApiBase} points to this machine, but {SecretKey} is a live key.");
        }

        return uri;
    }

    [GeneratedRegex(
        @"^(sk|rk)_(test|live)_[A-Za-z0-9_]{4,247}\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex SecretKeyForm();

    [GeneratedRegex(
        @"^pk_(test|live)_[A-Za-z0-9_]{4,247}\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex PublishableKeyForm();

    [GeneratedRegex(
        @"^whsec_[A-Za-z0-9+/=_-]{8,250}\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex WebhookSecretForm();

    [GeneratedRegex(@"^price_[A-Za-z0-9_]{4,250}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PriceForm();

    [GeneratedRegex(@"^bpc_[A-Za-z0-9_]{4,250}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PortalForm();
}
