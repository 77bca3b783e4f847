using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Accounts;
using Tollgate.Catalog;

namespace Tollgate.Access;

/// <summary>Closes an endpoint to callers whose plan lacks a feature: 402 with the reason and the way to go.</summary>
internal sealed class FeatureFilter(string feature) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var options = services.GetRequiredService<TollgateOptions>();
        if (!services.GetRequiredService<BillingSwitch>().IsOn)
        {
            return await next(context);
        }

        if (!http.User.Identities.Any(identity => identity.IsAuthenticated))
        {
            return TypedResults.Challenge();
        }

        var tenants = services.GetRequiredService<ITenantDirectory>();
        if (await tenants.FindCallerAsync(http.User, http.RequestAborted) is not { } caller)
        {
            return RefusalProblem.ToResult(new NoBillingAccount());
        }

        var gate = services.GetRequiredService<AccessGate>();
        var (state, decision) = await gate.DecideAsync(caller.Account, http.RequestAborted);
        var catalog = services.GetRequiredService<PlanCatalog>();
        return decision.Refuse(feature, state, catalog, options.UpgradeUrl) is { } refusal
            ? RefusalProblem.ToResult(refusal)
            : await next(context);
    }
}
