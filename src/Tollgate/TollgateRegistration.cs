using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
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
    /// Registers Tollgate for a catalog. What it must know stands in the configuration, all of it in
    /// docs/reference/settings.md; what <paramref name="configure"/> sets wins over that. The host registers an
    /// <see cref="IAccountDirectory"/>, of any lifetime. A catalog that contradicts itself
    /// prevents the start, in one line.
    /// </summary>
    public static IServiceCollection AddTollgate(
        this IServiceCollection services,
        PlanCatalog catalog,
        Action<TollgateOptions>? configure = null
    )
    {
        // a wrong catalog is reported by whoever asks for it first, in one line
        services.AddSingleton(_ => CatalogFaults.Checked(catalog));
        services.AddTollgateFoundation(configure);
        services.AddStartupStep<OpenMissingAccounts>();
        services.AddSingleton<IAfterMigration>(provider => provider.GetRequiredService<OpenMissingAccounts>());
        services.AddSingleton<BillingSwitch>();
        services.AddSingleton<WorkerHeartbeats>();
        AddStripe(services);
        AddCapabilities(services);
        AddInboxPartitions(services);
        services.AddSingleton<IMeterRefusals, MeterRefusals>();
        services.AddUsage();
        services.AddAdministration();
        services.AddReconciliation();
        services.AddMail();
        services.AddStartupStep<SwitchListener>();
        return services;
    }

    private static void AddStripe(IServiceCollection services)
    {
        services.AddSingleton<StripeUse>();
        services.TryAddSingleton(provider =>
            provider.GetRequiredService<StripeUse>().IsOn
                ? StripeEnvironment.ReadSettings(provider.GetRequiredService<HostSettings>())
                : AbsentStripe.Settings
        );
        services.TryAddSingleton(provider =>
            provider.GetRequiredService<StripeUse>().IsOn
                ? StripeEnvironment.ReadPrices(
                    provider.GetRequiredService<HostSettings>().Configuration,
                    provider.GetRequiredService<PlanCatalog>()
                )
                : PriceBook.OfNothing()
        );
        services.TryAddSingleton(provider =>
            provider.GetRequiredService<StripeUse>().IsOn
                ? StripeClient.Create(
                    provider.GetRequiredService<StripeSettings>(),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<StripeClient>>(),
                    provider.GetRequiredService<TollgateOptions>().Stripe
                )
                : AbsentStripe.Client(provider.GetRequiredService<TimeProvider>(), StripeUse.NotUsed)
        );
        services.TryAddSingleton(provider => provider.GetRequiredService<StripeClient>().Official);
    }

    private static void AddInboxPartitions(IServiceCollection services)
    {
        services.AddSingleton<InboxPartitions>();
        services.AddStartupStep<InboxPartitionWorker>();
        services.AddSingleton<IAfterMigration>(provider => provider.GetRequiredService<InboxPartitionWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<InboxPartitionWorker>());
    }

    private static void AddCapabilities(IServiceCollection services)
    {
        services.AddAccounts();
        services.AddSingleton<Outbox>();
        services.AddSingleton<LastingRefusals>();
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
        services.AddSingleton<DeletedCustomer>();
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
        services.AddSingleton<RefusedSignatures>();
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<NameDisputed>();
        services.AddSingleton<ForeignEvents>();
        services.AddStripeWorker<InboxWorker>();
        services.AddSingleton<ReadStatus>();
    }
}
