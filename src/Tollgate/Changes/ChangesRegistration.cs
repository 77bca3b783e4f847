using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;

namespace Tollgate.Changes;

internal static class ChangesRegistration
{
    public static void AddChanges(this IServiceCollection services)
    {
        services.AddSingleton<FindChangeable>();
        services.AddSingleton<QuoteChange>();
        services.AddSingleton<ApplyChange>();
        services.AddSingleton(provider => new ChangeSeats(
            provider.GetRequiredService<QuoteChange>(),
            provider.GetRequiredService<ApplyChange>()
        ));
        services.AddSingleton(provider => new ChangePlan(
            provider.GetRequiredService<QuoteChange>(),
            provider.GetRequiredService<ApplyChange>(),
            provider.GetRequiredService<PlanCatalog>(),
            provider.GetRequiredService<PriceBook>()
        ));
    }
}
