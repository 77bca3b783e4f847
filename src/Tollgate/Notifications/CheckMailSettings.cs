using Microsoft.Extensions.Logging;
using Tollgate.Catalog;
using Tollgate.Settings;

namespace Tollgate.Notifications;

/// <summary>The mail provider, where mail is sent at all, and the days on which mails are due.</summary>
internal sealed partial class CheckMailSettings(
    IServiceProvider services,
    HostSettings settings,
    PlanCatalog catalog,
    MailOptions mails,
    ILogger<CheckMailSettings> log
) : ISettingCheck
{
    public void Run(TollgateOptions options, SettingFaults faults)
    {
        if (!options.SendsMail)
        {
            LogNoMail();
        }

        var isRequired = options.SendsMail ? options.BillingEnabled : options.Alerts.Mail is { Length: > 0 };
        if (isRequired || MailEnvironment.IsGiven(settings.Configuration))
        {
            faults.TryMake<IMailSender>(services);
        }

        if (mails.GraceMailsAfter.Any(time => time < TimeSpan.Zero || time >= catalog.Grace))
        {
            faults.Add($"{nameof(MailOptions)}: a mail of the grace is due within its {catalog.Grace.Days} days.");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This host sends no mail: Tollgate__SendsMail is false")]
    private partial void LogNoMail();
}
