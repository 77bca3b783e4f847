using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Changes;

internal static class ChangesRegistration
{
    public static void AddChanges(this IServiceCollection services)
    {
        services.AddSingleton<FindChangeTarget>();
        services.AddSingleton<QuoteChange>();
        services.AddSingleton<ApplyChange>();
        services.AddSingleton<ChangeSeats>();
        services.AddSingleton<ChangePlan>();
        services.AddSingleton<ConfirmPlan>();
        services.AddSingleton<ChangeAtPeriodEnd>();
        services.AddSingleton<WithdrawChange>();
    }
}
