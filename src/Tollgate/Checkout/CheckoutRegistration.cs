using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;
using Tollgate.Outbox;
using Tollgate.Startup;

namespace Tollgate.Checkout;

internal static class CheckoutRegistration
{
    public static void AddCheckout(this IServiceCollection services)
    {
        services.AddSingleton<AccountCustomer>();
        services.AddSingleton<DeletedCustomer>();
        services.AddSingleton<CheckoutSessions>();
        services.AddSingleton<TrialOffer>();
        services.AddSingleton<CheckoutCurrency>();
        services.AddUseCase<StartCheckout>();
        services.AddUseCase<CompleteCheckout>();
        services.AddSingleton<ChangeBillingContact>();
        services.AddSingleton<IEffectHandler, PushBillingContact>();
        services.AddSingleton<FindPortal>();
        services.AddUseCase<OpenPortal>();
    }
}
