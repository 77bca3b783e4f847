using Microsoft.Extensions.DependencyInjection;
using Tollgate.Startup;
using Tollgate.Usage;

namespace Tollgate.Status;

internal static class StatusRegistration
{
    public static void AddStatus(this IServiceCollection services)
    {
        services.AddUseCase<ReadStatus>();
        services.AddSingleton<ReadPlans>();
        services.AddSingleton<IMeterRefusals, MeterRefusals>();
    }
}
