using Microsoft.Extensions.DependencyInjection;
using Tollgate.Usage;

namespace Tollgate.Status;

internal static class StatusRegistration
{
    public static void AddStatus(this IServiceCollection services)
    {
        services.AddSingleton<ReadStatus>();
        services.AddSingleton<IMeterRefusals, MeterRefusals>();
    }
}
