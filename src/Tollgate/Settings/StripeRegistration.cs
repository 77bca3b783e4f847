using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Settings;

internal static class StripeRegistration
{
    /// <summary>Stripe as the settings name it, or none where the host sells nothing there.</summary>
    public static void AddStripe(this IServiceCollection services)
    {
        services.AddSingleton<StripeUse>();
        services.TryAddSingleton(provider =>
            provider.GetRequiredService<StripeUse>().IsOn
                ? StripeEnvironment.ReadSettings(provider.GetRequiredService<HostSettings>())
                : AbsentStripe.Settings
        );
        services.TryAddSingleton(provider =>
            provider.GetRequiredService<StripeUse>().IsOn
                ? StripeEnvironment.ReadPrices(
                    provider.GetRequiredService<HostSettings>().Configuration,
                    provider.GetRequiredService<PlanCatalog>()
                )
                : PriceBook.OfNothing()
        );
        services.TryAddSingleton(provider =>
            provider.GetRequiredService<StripeUse>().IsOn
                ? StripeClient.Create(
                    provider.GetRequiredService<StripeSettings>(),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<StripeClient>>(),
                    provider.GetRequiredService<TollgateOptions>().Stripe
                )
                : AbsentStripe.Client(provider.GetRequiredService<TimeProvider>(), StripeUse.NotUsed)
        );
        services.TryAddSingleton(provider => provider.GetRequiredService<StripeClient>().Official);
    }
}
