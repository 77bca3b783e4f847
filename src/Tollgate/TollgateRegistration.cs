using Microsoft.Extensions.DependencyInjection;
using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Changes;
using Tollgate.Checkout;
using Tollgate.Insight;
using Tollgate.Lifecycle;
using Tollgate.Notifications;
using Tollgate.Reconciliation;
using Tollgate.Settings;
using Tollgate.Startup;
using Tollgate.Status;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;
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
        services.AddSingleton<WorkerHeartbeats>();
        services.AddStripe();
        services.AddSingleton<PublishCatalog>();
        services.AddAccounts();
        services.AddSubscriptions();
        services.AddAccess();
        services.AddCheckout();
        services.AddChanges();
        services.AddWebhooks();
        services.AddInboxPartitions();
        services.AddUsage();
        services.AddStatus();
        services.AddInsight();
        services.AddLifecycle();
        services.AddBillingSettings();
        services.AddReconciliation();
        services.AddMail();
        services.AddStartupStep<SwitchListener>();
        return services;
    }
}
