using Microsoft.Extensions.DependencyInjection;
using Tollgate.Alerts;
using Tollgate.Deadlines;
using Tollgate.Outbox;

namespace Tollgate.Subscriptions;

internal static class SubscriptionsRegistration
{
    /// <summary>The single writer, with what wakes it and what it leaves behind.</summary>
    public static void AddSubscriptions(this IServiceCollection services)
    {
        services.AddSingleton<EffectOutbox>();
        services.AddSingleton<LastingRefusals>();
        services.AddHostedService<OutboxWorker>();
        services.AddSingleton<AccountLeases>();
        services.AddHostedService<DeadlineSweeper>();
        services.AddSingleton<StripeReadBudget>();
        services.AddSingleton<ProjectionCommit>();
        services.AddSingleton<SubscriptionSync>();
        services.AddSingleton<SetOverride>();
        services.AddSingleton<IDueHandler>(provider => provider.GetRequiredService<SubscriptionSync>());
    }
}
