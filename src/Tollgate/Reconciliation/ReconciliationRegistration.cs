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
        services.AddSingleton<CatchUp>();
        services.AddStripeWorker<CatchUpWorker>();
        services.AddSingleton<StrayCustomers>();
        services.AddSingleton<Reconcile>();
        services.AddSingleton<ReadDrift>();
        services.AddSingleton<AskDryRun>();
        services.AddStripeWorker<ReconcileWorker>();
        services.AddHostedService<Watch>();
        services.AddHostedService<BillingGauges>();
        services.AddHealthChecks().AddCheck<BillingHealth>("billing");
    }
}
