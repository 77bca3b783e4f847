using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Lifecycle;

internal static class LifecycleRegistration
{
    public static void AddLifecycle(this IServiceCollection services)
    {
        services.AddSingleton<ImportCustomers>();
        services.AddSingleton<CancelForCustomer>();
        services.AddSingleton<CloseAccount>();
        services.AddHostedService<ForgetBodies>();
    }
}
