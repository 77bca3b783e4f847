using Microsoft.Extensions.Configuration;
using Tollgate.Commands.Checks;
using Tollgate.Settings;

namespace Tollgate.Tests.Administration;

/// <summary>The settings' lines of the pre-live list, each shown to fail when it should.</summary>
public sealed class SettingsCheckTests
{
    [Fact]
    public void Settings_that_are_there_and_of_one_mode_are_good() => Assert.Empty(FailuresWith("", ""));

    [Theory]
    [InlineData("STRIPE_SECRET_KEY", "", "STRIPE_SECRET_KEY")]
    [InlineData("STRIPE_WEBHOOK_SECRET", "", "STRIPE_WEBHOOK_SECRET")]
    [InlineData("STRIPE_PORTAL_CONFIG_ID", "", "STRIPE_PORTAL_CONFIG_ID")]
    [InlineData("STRIPE_TEAM_MONTHLY_PRICE_ID", "", "STRIPE_TEAM_MONTHLY_PRICE_ID")]
    [InlineData("STRIPE_TEAM_MONTHLY_PRICE_ID", "prod_1234", "price ids")]
    [InlineData("STRIPE_PUBLISHABLE_KEY", "pk_live_1234", "settings of one mode")]
    [InlineData("BILLING_ENABLED", "yes", "BILLING_ENABLED")]
    public void A_setting_that_is_missing_malformed_or_of_another_mode_is_named(
        string setting,
        string value,
        string finding
    )
    {
        var failures = FailuresWith(setting, value);

        Assert.Contains(failures, one => one.Name == finding);
        Assert.All(failures, one => Assert.DoesNotContain("1234", one.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_to_compare_with_that_is_not_there_is_named()
    {
        var missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

        var only = Assert.Single(SettingsCheck.Compare(SettingsWith("", ""), Some.Catalog, missing));

        Assert.Equal((FindingOutcome.Fails, $"{missing} does not exist"), (only.Outcome, only.Detail));
    }

    private static List<Finding> FailuresWith(string setting, string value) =>
        [
            .. SettingsCheck
                .Run(SettingsWith(setting, value), Some.Catalog)
                .Where(finding => finding.Outcome == FindingOutcome.Fails),
        ];

    private static IConfiguration SettingsWith(string setting, string value)
    {
        var settings = StripeEnvironment
            .Names(Some.Catalog)
            .Where(name => name.EndsWith("_PRICE_ID", StringComparison.Ordinal))
            .Select((name, index) => KeyValuePair.Create<string, string?>(name, $"price_{index}abc"))
            .ToDictionary();
        settings["STRIPE_SECRET_KEY"] = "sk_test_abcd";
        settings["STRIPE_PUBLISHABLE_KEY"] = "pk_test_abcd";
        settings["STRIPE_WEBHOOK_SECRET"] = "whsec_abcdefgh";
        settings["STRIPE_PORTAL_CONFIG_ID"] = "bpc_abcd";
        settings[setting.Length == 0 ? "BILLING_ENABLED" : setting] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }
}
