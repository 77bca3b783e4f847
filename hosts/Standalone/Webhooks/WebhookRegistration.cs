using Tollgate.Commands;
using Tollgate.Outbox;

namespace Standalone.Webhooks;

/// <summary>How the service tells apps what happened.</summary>
internal static class WebhookRegistration
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<PostWebhook>();
        services.AddSingleton<IEffectHandler, QueueWebhooks>();
        services.AddHostedService<SendWebhooks>();
        services.AddSingleton<IHostCommand, WebhooksCommand>();
    }
}
