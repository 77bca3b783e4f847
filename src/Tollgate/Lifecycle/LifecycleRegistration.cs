using Microsoft.Extensions.DependencyInjection;
using Tollgate.Startup;

namespace Tollgate.Lifecycle;

internal static class LifecycleRegistration
{
    public static void AddLifecycle(this IServiceCollection services)
    {
        services.AddSingleton<ImportCustomers>();
        services.AddSingleton<CancelForCustomer>();
        services.AddUseCase<CloseAccount>();
        services.AddHostedService<ForgetBodies>();
    }
}
