using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Tollgate.Settings;

/// <summary>What a host says in code, by the callback of <c>AddTollgate</c>.</summary>
internal sealed record OptionsCallback(Action<TollgateOptions> Configure);

/// <summary>
/// The settings of a host as they hold: what its code says wins, then the configuration, then the defaults. What cannot
/// be read keeps its default and is noted among the faults, with which nothing starts.
/// </summary>
internal sealed class HostSettings
{
    /// <summary>Of <see cref="TollgateOptions"/>; the one name that is not in the section <c>Tollgate</c>.</summary>
    public static readonly Setting BillingEnabled = Setting.Switch("BILLING_ENABLED", "the kill switch of billing");

    public static readonly Setting Database = new(
        "ConnectionStrings:Tollgate",
        "Host=...;Database=...;Username=...;Password=...",
        "the PostgreSQL database"
    );

    public HostSettings(
        IConfiguration configuration,
        IHostEnvironment environment,
        IEnumerable<OptionsCallback> callbacks
    )
    {
        Environment = environment;
        Read(configuration);
        foreach (var callback in callbacks)
        {
            callback.Configure(Options);
        }

        Configuration = new ConfigurationBuilder()
            .AddConfiguration(configuration)
            .AddInMemoryCollection(SetInCode())
            .Build();
    }

    public IHostEnvironment Environment { get; }

    public TollgateOptions Options { get; } = new();

    /// <summary>The host's configuration, and over it what was said in code of Stripe and of mail.</summary>
    public IConfiguration Configuration { get; }

    /// <summary>Those of <see cref="Options"/>.</summary>
    public SettingFaults Faults { get; } = new();

    /// <summary>Each property of the options that is read from the section <c>Tollgate</c>.</summary>
    public static IEnumerable<(PropertyInfo Property, Setting Setting)> OfOptions() =>
        from property in typeof(TollgateOptions).GetProperties()
        where property.SetMethod is { IsPublic: true } && property.Name != nameof(TollgateOptions.BillingEnabled)
        select (property, SettingOf(property));

    private static Setting SettingOf(PropertyInfo property)
    {
        var key = $"Tollgate:{property.Name}";
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        const string purpose = "see docs/reference/settings.md";
        return type switch
        {
            _ when type == typeof(bool) => Setting.Switch(key, purpose),
            _ when type == typeof(Uri) => new Setting(key, "https://... or http://...", purpose) { Takes = IsAddress },
            { IsEnum: true } => new Setting(key, string.Join(" or ", Enum.GetNames(type)), purpose)
            {
                Takes = text => Enum.GetNames(type).Contains(text),
            },
            _ => new Setting(key, $"what {type.Name} is", purpose),
        };
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private void Read(IConfiguration configuration)
    {
        Faults.Optional(configuration, BillingEnabled);
        Options.BillingEnabled = BillingEnabled.ReadSwitch(configuration, unsaid: true);
        foreach (var (property, setting) in OfOptions())
        {
            var section = configuration.GetSection(setting.Key);
            if (section.Value is { Length: > 0 } ? Faults.Optional(configuration, setting) is null : !HasParts(section))
            {
                continue;
            }

            try
            {
                property.SetValue(Options, section.Get(property.PropertyType));
            }
            catch (InvalidOperationException)
            {
                Faults.Add(setting.Malformed); // the exception's own message shows the value
            }
        }
    }

    private static bool HasParts(IConfigurationSection section) => section.GetChildren().Any();

    private Dictionary<string, string?> SetInCode()
    {
        var stripe = Options.Stripe;
        var mail = Options.Mail;
        var said = new Dictionary<string, string?>
        {
            [StripeEnvironment.SecretKeySetting.Key] = stripe.SecretKey,
            [StripeEnvironment.PublishableKeySetting.Key] = stripe.PublishableKey,
            [StripeEnvironment.WebhookSecretSetting.Key] = stripe.WebhookSecret,
            [StripeEnvironment.PortalSetting.Key] = stripe.PortalConfigurationId,
            [StripeEnvironment.ApiBaseSetting.Key] = stripe.ApiBase,
            [MailSettings.From.Key] = mail.From,
            [MailSettings.ResendKey.Key] = mail.ResendApiKey,
            [MailSettings.ResendApiBase.Key] = mail.ResendApiBase,
            [MailSettings.SmtpUrl.Key] = mail.SmtpUrl,
        };
        foreach (var (alias, id) in stripe.PriceIds)
        {
            said[StripeEnvironment.PriceKey(alias)] = id;
        }

        return said.Where(pair => pair.Value is not null).ToDictionary();
    }
}
