using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Catalog;
using Tollgate.Inbox;
using Tollgate.Settings;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Reconciliation;

internal static class ReconciliationRegistration
{
    public static void AddReconciliation(this IServiceCollection services)
    {
        services.AddSingleton(provider => new CatchUp(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<StripeClient>(),
            provider.GetRequiredService<StripeReadBudget>(),
            provider.GetRequiredService<StripeSettings>(),
            provider.GetRequiredService<EventInbox>(),
            provider.GetRequiredService<InboxSignal>(),
            provider.GetRequiredService<PlanCatalog>(),
            provider.GetRequiredService<BillingClock>(),
            provider.GetRequiredService<ILogger<CatchUp>>()
        ));
        services.AddStripeWorker<CatchUpWorker>();
        services.AddSingleton<StrayCustomers>();
        services.AddSingleton(provider => new Reconcile(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<SubscriptionSync>(),
            provider.GetRequiredService<StrayCustomers>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Reconcile>>()
        ));
        services.AddSingleton<ReadDrift>();
        services.AddSingleton<AskDryRun>();
        services.AddStripeWorker<ReconcileWorker>();
        services.AddHostedService<Watch>();
        services.AddHostedService<BillingGauges>();
        services.AddHealthChecks().AddCheck<BillingHealth>("billing");
    }
}
