using Microsoft.Extensions.DependencyInjection;
using Tollgate.Startup;

namespace Tollgate.Changes;

internal static class ChangesRegistration
{
    public static void AddChanges(this IServiceCollection services)
    {
        services.AddSingleton<FindChangeTarget>();
        services.AddSingleton<QuoteChange>();
        services.AddSingleton<ApplyChange>();
        services.AddUseCase<ChangeSeats>();
        services.AddUseCase<ChangePlan>();
        services.AddUseCase<ConfirmPlan>();
        services.AddSingleton<ChangeAtPeriodEnd>();
        services.AddSingleton<WithdrawChange>();
    }
}
