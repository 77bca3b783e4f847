using Microsoft.Extensions.DependencyInjection;
using Tollgate.Inbox;
using Tollgate.Settings;
using Tollgate.Startup;

namespace Tollgate.Webhooks;

internal static class WebhooksRegistration
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<InboxSignal>();
        services.AddSingleton<EventInbox>();
        services.AddSingleton<UnrecordedEvents>();
        services.AddSingleton<RefusedSignatures>();
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<NameDisputed>();
        services.AddSingleton<ForeignEvents>();
        services.AddStripeWorker<InboxWorker>();
    }

    public static void AddInboxPartitions(this IServiceCollection services)
    {
        services.AddSingleton<InboxPartitions>();
        services.AddStartupStep<InboxPartitionWorker>();
        services.AddSingleton<IAfterMigration>(provider => provider.GetRequiredService<InboxPartitionWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<InboxPartitionWorker>());
    }
}
