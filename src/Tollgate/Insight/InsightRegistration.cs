using Microsoft.Extensions.DependencyInjection;
using Tollgate.Alerts;
using Tollgate.Inbox;

namespace Tollgate.Insight;

internal static class InsightRegistration
{
    public static void AddInsight(this IServiceCollection services)
    {
        services.AddSingleton<Explain>();
        services.AddSingleton<EventList>();
        services.AddSingleton<FindAccounts>();
        services.AddSingleton<FindDuplicates>();
        services.AddSingleton<OpenAlerts>();
        services.AddSingleton<ResolveAlert>();
        services.AddSingleton<OperatorLog>();
        services.AddSingleton<ReadFigures>();
    }
}
