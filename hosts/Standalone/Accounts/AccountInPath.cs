using Tollgate;
using Tollgate.Http;

namespace Standalone.Accounts;

/// <summary>Refuses a path whose account could be none, or could be two.</summary>
internal sealed class AccountInPath : IEndpointFilter
{
    private static readonly InvalidRequest Unusable = new(
        "An account's id in a path has 1 to 200 characters that can be seen, percent-encoded, and no slash."
    );

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.GetRouteValue(AppAccounts.RouteValue) is string id && IsUsable(id)
            ? await next(context)
            : RefusalProblem.ToResult(Unusable);

    // an encoded slash is the one character that routing leaves encoded, and so is the same as its own three
    private static bool IsUsable(string id) =>
        AccountId.IsOne(id) && !id.Contains("%2F", StringComparison.OrdinalIgnoreCase);
}
