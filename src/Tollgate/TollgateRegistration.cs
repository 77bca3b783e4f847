using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
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
    /// <see cref="IAccountDirectory"/>, of any lifetime.
    /// </summary>
    public static IServiceCollection AddTollgate(this IServiceCollection services, PlanCatalog catalog)
    {
        services.AddSingleton(catalog);
        services.AddStartupStep<CheckSettings>();
        services.AddTollgateFoundation();
        services.AddSingleton<BillingSwitch>();
        services.AddSingleton<WorkerHeartbeats>();
        AddStripe(services);
        AddCapabilities(services);
        services.AddUsage();
        services.AddAdministration();
        services.AddReconciliation();
        services.AddMail();
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

    private static void AddCapabilities(IServiceCollection services)
    {
        services.AddAccounts();
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
        services.AddSingleton<FindPortal>();
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
