using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Startup;

namespace Tollgate.Access;

/// <summary>
/// What gates bring: the gate, what notifies it of changes, and its place in ASP.NET Core's authorization.
/// </summary>
internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddUseCase<AccessGate>();
        services.AddSingleton<KnownCallers>();
        services.AddHostedService<AccountListener>();
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationHandler, FeatureAuthorization>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, GateAnswer>();
        services.AddSingleton<PaymentBlock>();
        services.AddSingleton<ReadFeatures>();
        services.AddSingleton<AccountStreams>();
        services.AddSingleton<StreamChanges>();
        return services;
    }
}
