using Microsoft.Extensions.DependencyInjection;
using Tollgate.Settings;

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
