using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Tollgate.Http;

namespace Tollgate.Access;

/// <summary>
/// Answers with the gate's own refusal where nothing but a gate is in the way. Otherwise ASP.NET Core's 401 and 403
/// keep their meaning.
/// </summary>
internal sealed class GateAnswer : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler others = new();

    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    ) =>
        authorizeResult is { Forbidden: true, AuthorizationFailure: { FailCalled: false } failure }
        && failure.FailedRequirements.All(requirement => requirement is RequireFeatureAttribute)
        && context.Features.Get<GateRefusal>() is { } gate
            ? AnswerAsync(context, gate.Refusal)
            : others.HandleAsync(next, context, policy, authorizeResult);

    private static Task AnswerAsync(HttpContext context, Refusal refusal)
    {
        var problem = RefusalProblem.ToResult(refusal);
        RetryAfterHeader.Set(context, problem);
        return problem.ExecuteAsync(context);
    }
}
