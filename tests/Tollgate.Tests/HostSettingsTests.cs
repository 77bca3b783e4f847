using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Tollgate.Settings;

namespace Tollgate.Tests;

/// <summary>Which word holds where a setting has several, and what is said when one is wrong.</summary>
public sealed class HostSettingsTests
{
    private const string OldKey = "sk_test_older";
    private const string NewKey = "sk_test_newer";
    private const string KeyInCode = "sk_test_code";

    [Fact]
    public void The_api_is_where_the_app_is_unless_it_is_said()
    {
        var one = Read([("Tollgate:AppUrl", "https://app.hydra.test")]).Options;
        var two = Read([
            ("Tollgate:AppUrl", "https://app.hydra.test"),
            ("Tollgate:ApiUrl", "https://api.hydra.test"),
        ]).Options;

        Assert.Equal(new Uri("https://app.hydra.test/api/webhooks/stripe"), one.WebhookUrl);
        Assert.Equal(new Uri("https://api.hydra.test/api/webhooks/stripe"), two.WebhookUrl);
        Assert.Equal(new Uri("https://app.hydra.test/billing/upgrade"), two.UpgradeUrl);
        Assert.Equal(new Uri("https://app.hydra.test/settings/billing"), two.SettingsUrl);
    }

    [Fact]
    public void What_is_said_in_code_wins_over_the_configuration()
    {
        var settings = Read(
            [
                ("Tollgate:AppUrl", "https://elsewhere.test"),
                ("Tollgate:UpgradePath", "/plans"),
                ("STRIPE_SECRET_KEY", OldKey),
            ],
            options =>
            {
                Assert.Equal("/plans", options.UpgradePath); // it sees what the configuration says
                options.AppUrl = new Uri("https://app.hydra.test");
                options.Stripe.SecretKey = KeyInCode;
                options.Stripe.PriceIds["team_monthly"] = "price_code";
                options.Mail.From = "billing@hydra.test";
            }
        );

        Assert.Equal(new Uri("https://app.hydra.test/plans"), settings.Options.UpgradeUrl);
        Assert.Equal(KeyInCode, StripeEnvironment.SecretKeySetting.Read(settings.Configuration));
        Assert.Equal("price_code", settings.Configuration["Tollgate:Stripe:PriceIds:team_monthly"]);
        Assert.Equal("billing@hydra.test", MailSettings.From.Read(settings.Configuration));
    }

    [Theory]
    [InlineData("", OldKey, OldKey)]
    [InlineData(NewKey, "", NewKey)]
    [InlineData(NewKey, OldKey, NewKey)]
    public void A_setting_has_its_key_and_an_older_name(string byKey, string byOlderName, string held)
    {
        var settings = Read([("Tollgate:Stripe:SecretKey", byKey), ("STRIPE_SECRET_KEY", byOlderName)]);

        Assert.Equal(held, StripeEnvironment.ReadKey(settings).SecretKey);
    }

    [Fact]
    public void All_settings_of_stripe_can_be_given_by_their_keys()
    {
        var prices = Some
            .Catalog.Plans.SelectMany(plan => plan.Prices)
            .Select(price => ($"Tollgate:Stripe:PriceIds:{price.Alias}", $"price_{price.Alias}"));
        var settings = Read([
            ("Tollgate:Stripe:SecretKey", NewKey),
            ("Tollgate:Stripe:PublishableKey", "pk_test_newer"),
            ("Tollgate:Stripe:WebhookSecret", "whsec_" + "newnewnew"),
            ("Tollgate:Stripe:PortalConfigurationId", "bpc_newnew"),
            ("Tollgate:Stripe:ApiBase", "http://127.0.0.1:12111"),
            .. prices,
        ]);

        var stripe = StripeEnvironment.ReadSettings(settings.Configuration);
        var book = StripeEnvironment.ReadPrices(settings.Configuration, Some.Catalog);

        Assert.Equal((NewKey, "bpc_newnew"), (stripe.SecretKey, stripe.PortalConfigurationId));
        Assert.Equal(new Uri("http://127.0.0.1:12111"), stripe.ApiBase);
        Assert.True(book.TryFindForSale("team_monthly", out var sold));
        Assert.Equal("price_team_monthly", sold.StripeId);
    }

    [Theory]
    [InlineData("Tollgate:WhenUnrecordable", "Maybe", "Tollgate__WhenUnrecordable")]
    [InlineData("Tollgate:AppUrl", "ftp://app.hydra.test", "Tollgate__AppUrl")]
    [InlineData("BILLING_ENABLED", "yes", "BILLING_ENABLED")]
    public void What_cannot_be_read_is_named_without_its_value(string key, string value, string name)
    {
        var settings = Read([(key, value)]);

        var fault = Assert.Single(settings.Faults.Lines);
        Assert.StartsWith(name, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(value, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_missing_is_reported_at_once()
    {
        var settings = Read([("STRIPE_SECRET_KEY", "nonsense")]);

        var failure = Assert.Throws<StartupException>(() => StripeEnvironment.ReadSettings(settings.Configuration));

        Assert.Equal(
            ["STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_PORTAL_CONFIG_ID"],
            failure.Lines.Select(line => line.Split(' ')[0])
        );
        Assert.StartsWith("4 settings are missing or wrong:", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nonsense", failure.Message, StringComparison.Ordinal);
    }

    private static HostSettings Read(IEnumerable<(string Key, string Value)> said, Action<TollgateOptions>? code = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(said.ToDictionary(pair => pair.Key, string? (pair) => pair.Value))
            .Build();
        return new HostSettings(configuration, new SomeEnvironment(), code is null ? [] : [new OptionsCallback(code)]);
    }

    private sealed class SomeEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;
        public string ApplicationName { get; set; } = "some";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
