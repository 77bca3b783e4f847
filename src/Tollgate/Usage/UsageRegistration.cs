using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tollgate.Startup;
using Tollgate.Subscriptions;

namespace Tollgate.Usage;

/// <summary>
/// What the meters bring. They need an <c>NpgsqlDataSource</c>, the <c>PlanCatalog</c>, the <see cref="BillingClock"/>
/// and <see cref="IMeterRefusals"/>.
/// </summary>
internal static class UsageRegistration
{
    public static IServiceCollection AddUsage(this IServiceCollection services)
    {
        services.TryAddSingleton<MeterOptions>();
        services.AddUseCase<UsageMeters>();
        services.AddSingleton<IProjectionParticipant, PlanGrants>();
        services.AddHostedService<ResetWindows>();
        return services;
    }
}
