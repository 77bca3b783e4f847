using ImportCsv.Imports;
using ImportCsv.PlanLimits;
using ImportCsv.Users;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Identity;
using Tollgate.Notifications;
using Tollgate.Usage;

namespace ImportCsv.Cloud;

/// <summary>All that the cloud has and one's own server has not: plans, limits, billing, mail.</summary>
internal static class CloudEdition
{
    /// <summary>
    /// A file that is no good is no way to import for free, so each gives its unit back; the number bounds what is
    /// remembered of them.
    /// </summary>
    private const int ReleasesPerDay = 1000;

    public static void AddCloud(this IServiceCollection services)
    {
        services.AddSingleton(
            new MeterOptions
            {
                NotifyAtPercent = [80, 100],
                ReleasesPerDay = ReleasesPerDay,
                LeaseLength = TakeRows.LongestUpload + TimeSpan.FromMinutes(1),
            }
        );
        services.AddSingleton(ImportCsvMails.Days);
        services.AddSingleton<MailTexts, ImportCsvMails>();
        services.AddTollgate(ImportCsvPlans.Catalog);
        services.AddSingleton(ContractViews.Users);
        services.AddSingleton(ContractViews.UsageRecords);
        services.AddSingleton<UserAccounts>();
        services.AddSingleton<IAccountDirectory>(provider => provider.GetRequiredService<UserAccounts>());
        services.AddSingleton<IAccountBook>(provider => provider.GetRequiredService<UserAccounts>());
        services.AddSingleton<IHostAccounts>(provider => provider.GetRequiredService<UserAccounts>());
        services.AddSingleton<IPersonalData, EraseUser>();
        services.AddSingleton<IPlanLimits, CloudLimits>();
        services.AddScoped<ISignUpBinding, SignUpInCloud>();
    }

    public static void MapCloud(this WebApplication app)
    {
        app.MapBilling();
        app.MapAdmin();
        app.MapTollgateWebhook(app.Configuration["Tollgate:WebhookPath"] ?? TollgateOptions.UsualWebhookPath);
    }
}
