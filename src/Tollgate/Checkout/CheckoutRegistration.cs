using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;
using Tollgate.Outbox;

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
        services.AddSingleton<StartCheckout>();
        services.AddSingleton<CompleteCheckout>();
        services.AddSingleton<ChangeBillingContact>();
        services.AddSingleton<IEffectHandler, PushBillingContact>();
        services.AddSingleton<FindPortal>();
        services.AddSingleton<OpenPortal>();
    }
}
