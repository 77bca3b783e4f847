using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tollgate.Startup;

/// <summary>Registers what a host may inject, and only Tollgate can make.</summary>
internal static class UseCases
{
    /// <summary>
    /// A singleton by its only constructor, which is internal, as it takes what no host sees. The container by itself
    /// calls public ones only.
    /// </summary>
    public static void AddUseCase<T>(this IServiceCollection services)
        where T : class
    {
        var constructor = typeof(T).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single();
        var needs = constructor.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        services.TryAddSingleton(provider =>
            (T)
                constructor.Invoke(
                    BindingFlags.DoNotWrapExceptions,
                    binder: null,
                    [.. needs.Select(provider.GetRequiredService)],
                    culture: null
                )
        );
    }
}
