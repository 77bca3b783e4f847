using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Tollgate.Http;

/// <summary>A refusal that knows when it ends says so in the header too, where clients and proxies look.</summary>
public sealed class RetryAfterHeader : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        Set(context.HttpContext, answer is INestedHttpResult nested ? nested.Result : answer);
        return answer;
    }

    /// <summary>For an answer that no endpoint filter sees.</summary>
    internal static void Set(HttpContext http, object? result)
    {
        if (
            result is ProblemHttpResult { ProblemDetails.Extensions: var members }
            && members.TryGetValue(Refusal.RetryAfterMember, out var given)
            && given is long seconds
        )
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}
