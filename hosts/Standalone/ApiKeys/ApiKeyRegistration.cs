using Microsoft.AspNetCore.Authentication;
using Tollgate.Commands;

namespace Standalone.ApiKeys;

/// <summary>How the service knows who calls.</summary>
internal static class ApiKeyRegistration
{
    public static void AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<KnownKeys>();
        services.AddSingleton<IHostCommand, KeysCommand>();
        services
            .AddAuthentication(ApiKeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null);
        var policies = services.AddAuthorizationBuilder();
        foreach (var scope in ApiScope.All)
        {
            policies.AddPolicy(scope, policy => policy.RequireClaim(ApiScope.Claim, scope));
        }
    }
}
