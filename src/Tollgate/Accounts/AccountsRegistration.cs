using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Accounts;

internal static class AccountsRegistration
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<OpenAccount>();
        services.AddSingleton<KnownAccounts>();
        services.AddSingleton<HostDirectory>();
        return services;
    }
}
