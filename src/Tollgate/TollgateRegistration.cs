using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Administration;
using Tollgate.Catalog;
using Tollgate.Changes;
using Tollgate.Checkout;
using Tollgate.Deadlines;
using Tollgate.Effects;
using Tollgate.Notifications;
using Tollgate.Reconciliation;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Usage;
using Tollgate.Webhooks;

namespace Tollgate;

/// <summary>How a host takes Tollgate in.</summary>
public static class TollgateRegistration
{
    /// <summary>
    /// Registers Tollgate for a catalog. Reads <c>ConnectionStrings:Tollgate</c>, <c>STRIPE_*</c>,
    /// <c>BILLING_ENABLED</c> and the settings of mail from the configuration. The host registers an
    /// <see cref="ITenantDirectory"/>.
    /// </summary>
    public static IServiceCollection AddTollgate(this IServiceCollection services, PlanCatalog catalog)
    {
        services.AddSingleton(catalog);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HostRun>();
        services.TryAddSingleton(provider => new BillingClock(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => ReadOptions(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<BillingSwitch>();
        services.AddSingleton<WorkerHeartbeats>();
        AddStripe(services);
        AddStorage(services);
        AddCapabilities(services);
        services.AddUsage();
        services.AddAdministration();
        services.AddReconciliation();
        services.AddMail();
        services.AddStartupStep<CheckSettings>();
        services.AddStartupStep<MigrateDatabase>();
        services.AddStartupStep<SwitchListener>();
        return services;
    }

    private static void AddStripe(IServiceCollection services)
    {
        services.TryAddSingleton(provider =>
            StripeEnvironment.ReadSettings(provider.GetRequiredService<IConfiguration>())
        );
        services.TryAddSingleton(provider =>
            StripeEnvironment.ReadPrices(
                provider.GetRequiredService<IConfiguration>(),
                provider.GetRequiredService<PlanCatalog>()
            )
        );
        services.TryAddSingleton(provider =>
            StripeClient.Create(
                provider.GetRequiredService<StripeSettings>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<StripeClient>>()
            )
        );
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.TryAddSingleton(provider =>
            provider.GetRequiredService<IConfiguration>().GetConnectionString("Tollgate") is { Length: > 0 } text
                ? OpenDatabase(text)
                : throw new StartupException("ConnectionStrings__Tollgate is not set.")
        );
        services.AddPooledDbContextFactory<TollgateDb>(
            (provider, builder) =>
                TollgateDbOptions.Configure(builder, provider.GetRequiredService<NpgsqlDataSource>(), TollgateDb.Schema)
        );
        services.AddDataProtection().SetApplicationName("tollgate");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
        {
            var contexts = new Lazy<IDbContextFactory<TollgateDb>>(
                provider.GetRequiredService<IDbContextFactory<TollgateDb>>
            );
            return new ConfigureOptions<KeyManagementOptions>(keys =>
                keys.XmlRepository = new DataProtectionKeys(contexts)
            );
        });
    }

    private static NpgsqlDataSource OpenDatabase(string connectionString)
    {
        try
        {
            return NpgsqlDataSource.Create(connectionString);
        }
        catch (ArgumentException)
        {
            // its message may quote a part of the text, and so a part of a password
            throw new StartupException(
                "ConnectionStrings__Tollgate must look like Host=...;Database=...;Username=...;Password=..."
            );
        }
    }

    private static void AddCapabilities(IServiceCollection services)
    {
        services.AddSingleton<OpenAccount>();
        services.AddSingleton<Outbox>();
        services.AddHostedService<OutboxWorker>();
        services.AddSingleton<AccountLeases>();
        services.AddHostedService<DeadlineSweeper>();
        services.AddSingleton<StripeReadBudget>();
        services.AddSingleton<ProjectionCommit>();
        services.AddSingleton<SubscriptionSync>();
        services.AddSingleton<SetOverride>();
        services.AddSingleton<IDueHandler>(provider => provider.GetRequiredService<SubscriptionSync>());
        services.AddAccess();
        services.AddSingleton<PublishCatalog>();
        services.AddSingleton<AccountCustomer>();
        services.AddSingleton<CheckoutSessions>();
        services.AddSingleton<TrialOffer>();
        services.AddSingleton<CheckoutCurrency>();
        services.AddSingleton<StartCheckout>();
        services.AddSingleton<CompleteCheckout>();
        services.AddSingleton<ChangeBillingContact>();
        services.AddSingleton<IEffectHandler, PushBillingContact>();
        services.AddSingleton<OpenPortal>();
        services.AddChanges();
        services.AddSingleton<InboxSignal>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<UnrecordedEvents>();
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<NameDisputed>();
        services.AddHostedService<InboxWorker>();
        services.AddSingleton<ReadStatus>();
    }

    private static TollgateOptions ReadOptions(IConfiguration configuration)
    {
        if (
            configuration["Tollgate:AppUrl"] is { Length: > 0 } url
            && !(Uri.TryCreate(url, UriKind.Absolute, out var app) && app.Scheme is "http" or "https")
        )
        {
            throw new StartupException("Tollgate__AppUrl must be an address that begins with https:// or http://.");
        }

        var options = new TollgateOptions();
        configuration.GetSection("Tollgate").Bind(options);
        options.BillingEnabled = configuration["BILLING_ENABLED"] switch
        {
            null or "" or "true" => true,
            "false" => false,
            _ => throw new StartupException("BILLING_ENABLED must be true or false."),
        };
        return options;
    }
}

/// <summary>Reads all settings at the start, so that a wrong one is never first met at a payment.</summary>
internal sealed class CheckSettings(IServiceProvider services) : IStartupStep
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<TollgateOptions>();
        services.GetRequiredService<StripeSettings>();
        services.GetRequiredService<PriceBook>();
        services.GetRequiredService<NpgsqlDataSource>();
        services.CheckMail();
        return Task.CompletedTask;
    }
}
