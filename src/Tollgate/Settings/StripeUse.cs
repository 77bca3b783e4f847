using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.Catalog;
using Tollgate.Http;

namespace Tollgate.Settings;

/// <summary>
/// Whether the host sells anything at Stripe. One that does not has meters, gates, overrides and administration; no
/// setting of Stripe is asked for, no worker calls Stripe, and what needs it is refused.
/// </summary>
internal sealed class StripeUse(HostSettings host, PlanCatalog catalog)
{
    public bool IsOn => IsOnFor(host.Options, catalog);

    public static bool IsOnFor(TollgateOptions options, PlanCatalog catalog) =>
        options.UsesStripe ?? catalog.Plans.Any(plan => plan.Prices.Count > 0);

    /// <exception cref="StartupException">What a command or a job of this host asked for needs Stripe.</exception>
    public static StartupException NotUsed() =>
        new("This host uses no Stripe: its catalog sells nothing there, or Tollgate__UsesStripe is false.");
}

/// <summary>Workers that do nothing where there is nothing for them to do.</summary>
internal static class OptionalWorkers
{
    /// <summary>Runs where Stripe is used.</summary>
    public static void AddStripeWorker<TWorker>(this IServiceCollection services)
        where TWorker : class, IHostedService =>
        services.AddWorker<TWorker>(provider => provider.GetRequiredService<StripeUse>().IsOn);

    /// <summary>Runs where it is wanted, which is asked when the host starts.</summary>
    public static void AddWorker<TWorker>(this IServiceCollection services, Func<IServiceProvider, bool> isEnabled)
        where TWorker : class, IHostedService =>
        services.AddSingleton<IHostedService>(provider =>
            isEnabled(provider) ? ActivatorUtilities.CreateInstance<TWorker>(provider) : new NoWork()
        );

    private sealed class NoWork : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Refuses a call that needs Stripe where there is none.</summary>
internal sealed class StripeUseFilter(StripeUse use) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        use.IsOn ? await next(context) : RefusalProblem.ToResult(new NothingForSale());
}

/// <summary>The product sells nothing at Stripe.</summary>
internal sealed record NothingForSale()
    : Refusal(
        ProblemCodes.NothingForSale,
        409,
        "Nothing is sold here.",
        "Ask whoever runs this product for another plan."
    );
