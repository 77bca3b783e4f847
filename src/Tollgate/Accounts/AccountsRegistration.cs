using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Accounts;

internal static class AccountsRegistration
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<HostDirectory>();
        services.AddSingleton<OpenAccount>();
        return services;
    }
}
