using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Accounts;
using Tollgate.Http;
using Tollgate.Storage;

namespace Tollgate.Access;

/// <summary>
/// Closes a handler, controller, page or hub to callers whose plan lacks a feature: 401 for who is not signed in, 403
/// for who belongs to no account, 402 with the reason and the way to go for who lacks the plan. It is a part of ASP.NET
/// Core's authorization, and so does nothing on an endpoint that allows anonymous callers.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequireFeatureAttribute(string feature)
    : AuthorizeAttribute,
        IAuthorizationRequirementData,
        IAuthorizationRequirement
{
    /// <summary>A feature that the catalog declares.</summary>
    public string Feature { get; } = feature;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>What the gate said of this request, for the answer.</summary>
internal sealed record GateRefusal(Refusal Refusal);

internal sealed class FeatureAuthorization(AccessGate gate, HostDirectory directory, KnownCallers callers)
    : AuthorizationHandler<RequireFeatureAttribute>
{
    protected override async Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        RequireFeatureAttribute requirement
    )
    {
        if (!context.User.Identities.Any(identity => identity.IsAuthenticated))
        {
            return;
        }

        var http = context.Resource as HttpContext;
        var token = http?.RequestAborted ?? CancellationToken.None;
        var refusal = await RefuseAsync(context.User, http, requirement.Feature, token);
        if (refusal is null)
        {
            context.Succeed(requirement);
        }
        else
        {
            http?.Features.Set(new GateRefusal(refusal));
        }
    }

    private async ValueTask<Refusal?> RefuseAsync(
        ClaimsPrincipal user,
        HttpContext? http,
        string feature,
        CancellationToken token
    )
    {
        try
        {
            return await callers.FindAsync(user, () => FindCallerAsync(user, http, token)) is { } caller
                ? await gate.RefuseAsync(caller.Account, feature, token)
                : new NoBillingAccount();
        }
        catch (Exception failure) when (DatabaseAway.IsCauseOf(failure))
        {
            return new ServiceUnavailable();
        }
    }

    // a hub's connection outlives what its request's scope has read
    private ValueTask<BillingCaller?> FindCallerAsync(
        ClaimsPrincipal user,
        HttpContext? http,
        CancellationToken token
    ) =>
        http is null
            ? directory.FindCallerAnewAsync(user, token)
            : http.RequestServices.GetRequiredService<IAccountDirectory>().FindCallerAsync(user, token);
}
