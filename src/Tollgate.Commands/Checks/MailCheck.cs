using Microsoft.Extensions.DependencyInjection;
using Tollgate.Notifications;
using Tollgate.Settings;

namespace Tollgate.Commands.Checks;

/// <summary>
/// Whether mails can go out: the settings are there, and the provider takes what they say. None is sent.
/// </summary>
internal static class MailCheck
{
    private const string Name = "mail";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<Finding> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<TollgateOptions>();
        if (!options.SendsMail && options.Alerts.Mail is not { Length: > 0 })
        {
            return Finding.Good(Name, "this host sends none: Tollgate__SendsMail is false");
        }

        IMailSender sender;
        try
        {
            sender = services.GetRequiredService<IMailSender>();
        }
        catch (StartupException wrong)
        {
            // it names the setting and shows no value
            return options.BillingEnabled
                ? Finding.Fails(Name, wrong.Message)
                : Finding.Warn(
                    Name,
                    $"none goes out while BILLING_ENABLED is false; before it is true: {wrong.Message}"
                );
        }

        if (!MailEnvironment.IsGiven(services.GetRequiredService<HostSettings>().Configuration))
        {
            return Finding.Warn(Name, $"goes by {sender.GetType().Name}; neither RESEND_API_KEY nor SMTP_URL is set");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await sender.FindFaultAsync(patience.Token) is { } fault
                ? Finding.Fails(Name, fault)
                : Finding.Good(Name, "the provider answers");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Fails(Name, "the provider does not answer in 10 seconds");
        }
    }
}
