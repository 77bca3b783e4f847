using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tollgate.Accounts;
using Tollgate.Outbox;
using Tollgate.Settings;

namespace Tollgate.Notifications;

/// <summary>What mail brings. Words, days and sender can all be the host's own.</summary>
internal static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.TryAddSingleton<MailOptions>();
        services.TryAddSingleton<MailTexts>();
        services.AddSingleton<ISettingCheck, CheckMailSettings>();
        services.TryAddSingleton(provider =>
            MailEnvironment.ReadSender(provider.GetRequiredService<HostSettings>().Configuration)
        );
        // with billing switched off nothing is sent, and no provider has to be given
        services.AddSingleton(provider => new Lazy<IMailSender>(provider.GetRequiredService<IMailSender>));
        services.AddSingleton<ComposeMail>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<MailLog>();
        services.AddSingleton<QueueHostMail>();
        services.AddSingleton<SendMail>();
        services.AddSingleton<IEffectHandler, QueueMails>();
        services.AddSingleton<IPersonalData, EraseMails>();
        services.AddWorker<MailWorker>(provider => provider.GetRequiredService<TollgateOptions>().SendsMail);
        services.AddSingleton<AlertWebhook>();
        services.AddWorker<SendAlerts>(provider => provider.GetRequiredService<TollgateOptions>().Alerts.IsGiven);
        return services;
    }
}
