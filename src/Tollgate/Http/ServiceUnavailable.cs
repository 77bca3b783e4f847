using Microsoft.AspNetCore.Http;
using Tollgate.Storage;

namespace Tollgate.Http;

/// <summary>The database is away, and the same call may succeed in a moment.</summary>
internal sealed record ServiceUnavailable()
    : Refusal(
        ProblemCodes.ServiceUnavailable,
        503,
        "The service is not available for the moment.",
        "Try again in a few seconds."
    )
{
    private const long RetryAfterSeconds = 5;

    public override IEnumerable<KeyValuePair<string, object?>> Members => [new(RetryAfterMember, RetryAfterSeconds)];
}

/// <summary>Answers 503 for endpoints that the database failed, instead of a bare 500.</summary>
internal sealed class DatabaseAwayFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception failure)
            when (DatabaseAway.IsCauseOf(failure) && !context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return RefusalProblem.ToResult(new ServiceUnavailable());
        }
    }
}

/// <summary>The same for all endpoints of a host.</summary>
internal sealed class DatabaseAwayMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure)
            when (DatabaseAway.IsCauseOf(failure)
                && !context.Response.HasStarted
                && !context.RequestAborted.IsCancellationRequested
            )
        {
            var problem = RefusalProblem.ToResult(new ServiceUnavailable());
            RetryAfterHeader.Set(context, problem);
            await problem.ExecuteAsync(context);
        }
    }
}
