using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Effects;

namespace Tollgate.Notifications;

/// <summary>What mail brings. Words, days and sender can all be the host's own.</summary>
internal static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.TryAddSingleton<MailOptions>();
        services.TryAddSingleton<MailTexts>();
        services.TryAddSingleton(provider => MailEnvironment.ReadSender(provider.GetRequiredService<IConfiguration>()));
        // with billing switched off nothing is sent, and no provider has to be given
        services.AddSingleton(provider => new Lazy<IMailSender>(provider.GetRequiredService<IMailSender>));
        services.AddSingleton<ComposeMail>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<MailLog>();
        services.AddSingleton<OweLetter>();
        services.AddSingleton<SendMail>();
        services.AddSingleton<IEffectHandler, QueueMails>();
        services.AddSingleton<IPersonalData, EraseMails>();
        services.AddHostedService<MailWorker>();
        return services;
    }

    /// <exception cref="StartupException">No provider is given, or what is given cannot work.</exception>
    public static void CheckMail(this IServiceProvider services)
    {
        if (services.GetRequiredService<TollgateOptions>().BillingEnabled)
        {
            services.GetRequiredService<IMailSender>();
        }

        var grace = services.GetRequiredService<PlanCatalog>().Grace;
        var after = services.GetRequiredService<MailOptions>().GraceMailsAfter;
        if (after.Any(time => time < TimeSpan.Zero || time >= grace))
        {
            throw new StartupException(
                $"{nameof(MailOptions)}: a mail of the grace is due within its {grace.Days} days."
            );
        }
    }
}
