using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Tollgate.Usage;

/// <summary>What a handler answered, and whether that means its run succeeded: a status below 400.</summary>
/// <param name="Result">What is left to send.</param>
internal readonly record struct HandlerAnswer(object? Result, bool IsSuccess)
{
    /// <summary>Sends results that do not expose their status, so that it is known before the run is counted.</summary>
    public static async ValueTask<HandlerAnswer> OfAsync(object? result, HttpContext http)
    {
        var inner = result;
        while (inner is INestedHttpResult nested)
        {
            inner = nested.Result;
        }

        switch (inner)
        {
            case ForbidHttpResult or ChallengeHttpResult: // with cookies they redirect, which is still a no
                return new(result, IsSuccess: false);
            case IStatusCodeHttpResult { StatusCode: { } status }:
                return new(result, IsSuccess: status < 400);
            case IStatusCodeHttpResult or not IResult:
                return new(result, HasSucceeded(http));
            case IResult unread:
                await unread.ExecuteAsync(http);
                return new(TypedResults.Empty, HasSucceeded(http));
        }
    }

    private static bool HasSucceeded(HttpContext http) => http.Response.StatusCode < 400;
}
