using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tollgate.Outbox;

namespace Tollgate.Subscriptions;

/// <summary>How a host receives changes.</summary>
public static class SubscriptionListeners
{
    /// <summary>
    /// Notifies this handler of every change of an account's subscription, from the outbox. It is made anew for each
    /// change, in a scope of its own; several handlers do not keep each other from being called.
    /// </summary>
    public static IServiceCollection OnSubscriptionChanged<THandler>(this IServiceCollection services)
        where THandler : class, ISubscriptionChangedHandler
    {
        services.TryAddScoped<THandler>();
        return services.AddScoped<IEffectHandler, DispatchSubscriptionChanged<THandler>>();
    }
}
