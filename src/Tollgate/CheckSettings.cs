using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Catalog;
using Tollgate.Notifications;
using Tollgate.Stripe;

namespace Tollgate;

/// <summary>What Development starts itself where no setting names it, and so need not be named.</summary>
/// <param name="Stripe">The Sandbox.</param>
internal sealed record BroughtByDevelopment(bool Stripe);

/// <summary>
/// Reads all settings before anything is started, so that everything that is missing or wrong is reported at once, and
/// nothing is first met at a payment.
/// </summary>
internal sealed partial class CheckSettings(
    IServiceProvider services,
    HostSettings settings,
    IEnumerable<Setting> others,
    ILogger<CheckSettings> log
)
{
    private readonly BroughtByDevelopment? brought = services.GetService<BroughtByDevelopment>();
    private readonly SettingFaults faults = new();

    /// <exception cref="StartupException">Names all of it.</exception>
    public void Run()
    {
        if (brought is null || HostSettings.Database.Read(settings.Configuration) is not null)
        {
            Make<NpgsqlDataSource>();
        }

        var options = Make<TollgateOptions>();
        CheckOperations(options ?? settings.Options);
        if (services.GetService<PlanCatalog>() is { } catalog)
        {
            CheckAddresses(options ?? settings.Options);
            CheckStripe(options ?? settings.Options, catalog);
            CheckMail(options ?? settings.Options, catalog);
        }

        RunForCommand();
    }

    /// <summary>A command asks for what it needs itself; nothing runs with a setting that cannot be read.</summary>
    /// <exception cref="StartupException">Names all that cannot.</exception>
    public void RunForCommand()
    {
        foreach (var setting in others)
        {
            faults.Optional(settings.Configuration, setting);
        }

        faults.ThrowIfAny();
    }

    // a host may have put one of its own in its place, which reads no setting
    private T? Make<T>()
        where T : class
    {
        try
        {
            return services.GetRequiredService<T>();
        }
        catch (StartupException wrong)
        {
            faults.AddAll(wrong); // reported together with the rest
            return null;
        }
    }

    private void CheckOperations(TollgateOptions options)
    {
        foreach (var complaint in options.Alerts.Complaints().Concat(options.Retention.Complaints()))
        {
            faults.Add(complaint);
        }
    }

    private void CheckAddresses(TollgateOptions options)
    {
        CheckAddress(nameof(options.AppUrl), options.HasAppUrl ? options.AppUrl : null, "where people use the product");
        CheckAddress(nameof(options.ApiUrl), options.HasApiUrl ? options.ApiUrl : null, "where Stripe delivers events");
    }

    // what people pay at, and what Stripe delivers to, never travels in the clear; on this machine it does not travel
    private void CheckAddress(string property, Uri? url, string purpose)
    {
        var setting = new Setting($"Tollgate:{property}", "https://...", purpose);
        var isProduction = settings.Environment.IsProduction();
        if (url is not null)
        {
            if (url.Scheme != Uri.UriSchemeHttps && (isProduction || !url.IsLoopback))
            {
                faults.Add($"{setting.Variable} must begin with https://: {purpose}.");
            }
        }
        else if (isProduction && setting.Read(settings.Configuration) is null)
        {
            faults.Add(setting.Missing);
        }
    }

    private void CheckStripe(TollgateOptions options, PlanCatalog catalog)
    {
        if (!options.UsesStripeFor(catalog))
        {
            LogNoStripe();
        }
        else if (brought is not { Stripe: true } || StripeEnvironment.IsGiven(settings.Configuration, catalog))
        {
            Make<StripeSettings>();
            Make<PriceBook>();
        }
    }

    private void CheckMail(TollgateOptions options, PlanCatalog catalog)
    {
        if (!options.SendsMail)
        {
            LogNoMail();
        }

        var isRequired = options.SendsMail ? options.BillingEnabled : options.Alerts.Mail is { Length: > 0 };
        if (isRequired || MailEnvironment.IsGiven(settings.Configuration))
        {
            Make<IMailSender>();
        }

        var mails = services.GetRequiredService<MailOptions>();
        if (mails.GraceMailsAfter.Any(time => time < TimeSpan.Zero || time >= catalog.Grace))
        {
            faults.Add($"{nameof(MailOptions)}: a mail of the grace is due within its {catalog.Grace.Days} days.");
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "This host uses no Stripe: plans are given by hand, and nothing is for sale"
    )]
    private partial void LogNoStripe();

    [LoggerMessage(Level = LogLevel.Information, Message = "This host sends no mail: Tollgate__SendsMail is false")]
    private partial void LogNoMail();
}
