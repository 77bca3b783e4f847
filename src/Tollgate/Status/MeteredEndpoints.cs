using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Usage;

namespace Tollgate.Status;

/// <summary>Endpoints whose calls are runs of a meter.</summary>
public static class MeteredEndpoints
{
    /// <summary>
    /// Reserves a unit of the meter for the caller's account before the handler runs, and counts it when the handler
    /// succeeds: no exception, and a status below 400. Otherwise the unit is given back.
    /// </summary>
    /// <remarks>
    /// The header <c>Idempotency-Key</c> names the run; without it each call is a run of its own. At the limit the
    /// answer is 402 <c>free_tier_limit_reached</c>, on a paid plan <c>usage_limit_reached</c>, and without a plan
    /// <c>subscription_required</c>; a key whose run is counted or still running gets 409
    /// <c>run_already_counted</c>; where the catalog blocks after the grace, an account with an outstanding payment
    /// gets 402 <c>payment_required</c>; a caller without account gets 403 <c>no_billing_account</c>. The handler finds
    /// its run in <see cref="IMeteredRun"/>, a feature of the request.
    /// </remarks>
    /// <param name="meter">Id of a meter of the catalog; another one stops the start.</param>
    /// <param name="handlesRepeats">
    /// The handler can answer for a run that is counted already: it runs again, with
    /// <see cref="IMeteredRun.IsRepeat"/>, instead of the 409.
    /// </param>
    public static TBuilder Metered<TBuilder>(this TBuilder builder, string meter, bool handlesRepeats = false)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilterFactory(
            (endpoint, next) =>
            {
                var services = endpoint.ApplicationServices;
                if (!services.GetRequiredService<PlanCatalog>().HasMeter(meter))
                {
                    throw new InvalidOperationException($"An endpoint is metered by {meter}, which is no meter.");
                }

                var filter = new MeteredFilter(
                    meter,
                    handlesRepeats,
                    services.GetRequiredService<UsageMeters>(),
                    services.GetRequiredService<PaymentBlock>().FindAsync,
                    services.GetRequiredService<ILogger<MeteredFilter>>()
                );
                return context => filter.InvokeAsync(context, next);
            }
        );
}
