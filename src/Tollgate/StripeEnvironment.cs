using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate;

/// <summary>
/// The <c>STRIPE_*</c> settings, read and checked once at start. A missing, malformed or mixed one stops the start with
/// its name; no value is ever shown.
/// </summary>
public static partial class StripeEnvironment
{
    public const string SecretKey = "STRIPE_SECRET_KEY";
    public const string PublishableKey = "STRIPE_PUBLISHABLE_KEY";
    public const string WebhookSecret = "STRIPE_WEBHOOK_SECRET";
    public const string PortalConfiguration = "STRIPE_PORTAL_CONFIG_ID";

    /// <summary>Where another Stripe answers than the real one; the Sandbox in Development.</summary>
    public const string ApiBase = "STRIPE_API_BASE";

    /// <summary>The setting that holds a price's Stripe id: <c>STRIPE_TEAM_MONTHLY_PRICE_ID</c>.</summary>
    public static string PriceSetting(PlanPrice price) => $"STRIPE_{price.Alias.ToUpperInvariant()}_PRICE_ID";

    /// <summary>True when any of the settings is given, and so all must be.</summary>
    public static bool IsGiven(IConfiguration configuration, PlanCatalog catalog) =>
        Names(catalog).Any(name => !string.IsNullOrEmpty(configuration[name]));

    /// <exception cref="StartupException">Names the setting that is missing, malformed or of another mode.</exception>
    public static StripeSettings ReadSettings(IConfiguration configuration)
    {
        var secretKey = Required(
            configuration,
            SecretKey,
            SecretKeyForm(),
            "sk_test_..., sk_live_..., rk_test_... or rk_live_..."
        );
        var publishableKey = Required(
            configuration,
            PublishableKey,
            PublishableKeyForm(),
            "pk_test_... or pk_live_..."
        );
        if (IsLive(secretKey) != IsLive(publishableKey))
        {
            throw new StartupException(
                $"{PublishableKey} and {SecretKey} are of different modes: one is live, one is test."
            );
        }

        var secrets = Text(configuration, WebhookSecret)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (secrets.Length == 0 || !Array.TrueForAll(secrets, secret => WebhookSecretForm().IsMatch(secret)))
        {
            throw new StartupException(
                $"{WebhookSecret} must be whsec_..., or two of them with a comma while one is rolled."
            );
        }

        return new StripeSettings
        {
            ApiBase = ReadApiBase(configuration, isLive: IsLive(secretKey)),
            SecretKey = secretKey,
            PublishableKey = publishableKey,
            WebhookSecrets = secrets,
            PortalConfigurationId = Required(configuration, PortalConfiguration, PortalForm(), "bpc_..."),
        };
    }

    /// <summary>The key alone, for the set-up that makes what the other settings name.</summary>
    /// <exception cref="StartupException">The key is missing or malformed.</exception>
    public static StripeSettings ReadKey(IConfiguration configuration)
    {
        var secretKey = Required(
            configuration,
            SecretKey,
            SecretKeyForm(),
            "sk_test_..., sk_live_..., rk_test_... or rk_live_..."
        );
        return new StripeSettings
        {
            ApiBase = ReadApiBase(configuration, isLive: IsLive(secretKey)),
            SecretKey = secretKey,
            WebhookSecrets = [],
        };
    }

    /// <exception cref="StartupException">A price setting is missing or malformed, or one id is given
    /// twice.</exception>
    public static PriceBook ReadPrices(IConfiguration configuration, PlanCatalog catalog)
    {
        var ids = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var price in catalog.Plans.SelectMany(plan => plan.Prices))
        {
            var name = PriceSetting(price);
            var given = Text(configuration, name)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (given.Length == 0 || !Array.TrueForAll(given, id => PriceForm().IsMatch(id)))
            {
                throw new StartupException($"{name} must be price_..., with retired ids after a comma.");
            }

            given = [.. given.Union(price.FormerIds)];
            if (ids.FirstOrDefault(other => other.Value.Intersect(given).Any()) is { Key: { } twin })
            {
                throw new StartupException($"{name} names a price that {twin} has already.");
            }

            ids.Add(price.Alias, given);
        }

        return new PriceBook(catalog, ids);
    }

    internal static IEnumerable<string> Names(PlanCatalog catalog) =>
        catalog
            .Plans.SelectMany(plan => plan.Prices)
            .Select(PriceSetting)
            .Concat([SecretKey, PublishableKey, WebhookSecret, PortalConfiguration]);

    private static Uri ReadApiBase(IConfiguration configuration, bool isLive)
    {
        var text = configuration[ApiBase];
        if (string.IsNullOrEmpty(text))
        {
            return new Uri("https://api.stripe.com");
        }

        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri) || !(uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback)
        )
        {
            throw new StartupException($"{ApiBase} must be an https address, or one on this machine.");
        }

        return isLive && uri.IsLoopback
            ? throw new StartupException($"{ApiBase} points to this machine, but {SecretKey} is a live key.")
            : uri;
    }

    private static string Required(IConfiguration configuration, string name, Regex form, string looksLike)
    {
        var text = Text(configuration, name);
        return form.IsMatch(text) ? text : throw new StartupException($"{name} must look like {looksLike}");
    }

    private static string Text(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } text
            ? text
            : throw new StartupException($"{name} is not set. Set all STRIPE_* settings, or none in Development.");

    private static bool IsLive(string key) => key.Contains("_live_", StringComparison.Ordinal);

    [GeneratedRegex(
        @"^(sk|rk)_(test|live)_[A-Za-z0-9_]{4,247}\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SecretKeyForm();

    [GeneratedRegex(
        @"^pk_(test|live)_[A-Za-z0-9_]{4,247}\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex PublishableKeyForm();

    [GeneratedRegex(@"^whsec_[A-Za-z0-9+/=_-]{8,250}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WebhookSecretForm();

    [GeneratedRegex(@"^price_[A-Za-z0-9_]{4,250}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PriceForm();

    [GeneratedRegex(@"^bpc_[A-Za-z0-9_]{4,250}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PortalForm();
}
