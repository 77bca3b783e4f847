using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Tollgate.Http;

/// <summary>The one mapping of a <see cref="Refusal"/> to an answer: problem details of RFC 9457.</summary>
public static class RefusalProblem
{
    /// <summary>
    /// <c>type</c> (<c>/problems/&lt;code&gt;</c>, stable), <c>title</c>, <c>status</c>, <c>detail</c>, <c>code</c>,
    /// then the refusal's own members.
    /// </summary>
    public static ProblemHttpResult ToResult(Refusal refusal) =>
        TypedResults.Problem(
            detail: refusal.Detail,
            statusCode: refusal.HttpStatus,
            title: refusal.Title,
            type: $"/problems/{refusal.Code}",
            extensions: refusal.Members.Prepend(new KeyValuePair<string, object?>("code", refusal.Code))
        );
}
