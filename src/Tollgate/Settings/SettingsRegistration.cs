using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Settings;

internal static class SettingsRegistration
{
    /// <summary>The switch, as it stands in the database, and the settings that only a host that bills has.</summary>
    public static void AddBillingSettings(this IServiceCollection services)
    {
        services.AddSingleton<BillingSwitch>();
        services.AddSingleton<SetBillingSwitch>();
        services.AddSingleton<SwitchListener>();
        services.AddHostedService(provider => provider.GetRequiredService<SwitchListener>());
        services.AddSingleton<ISettingCheck, CheckAddresses>();
        services.AddSingleton<ISettingCheck, CheckStripeSettings>();
    }
}
