using Microsoft.AspNetCore.Http;

namespace Tollgate.Http;

/// <summary>
/// Refuses a state-changing call that another site's page made with the caller's cookie. The browser says where a call
/// comes from; calls without a browser (bearer tokens) say nothing and pass.
/// </summary>
public sealed class SameOriginFilter(TollgateOptions options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        CallOrigin.IsForeign(context.HttpContext.Request, options)
            ? RefusalProblem.ToResult(new CrossSiteRequest())
            : await next(context);
}

/// <summary>From which site's page a call comes.</summary>
internal static class CallOrigin
{
    /// <summary>It changes state, and another site's page made it.</summary>
    public static bool IsForeign(HttpRequest request, TollgateOptions options) =>
        !IsSafe(request.Method) && IsCrossSite(request, options);

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsCrossSite(HttpRequest request, TollgateOptions options)
    {
        // The app's own address counts as ours, also when the API has another one.
        if (request.Headers.Origin is not [{ } origin])
        {
            return request.Headers.Origin.Count > 1
                || (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"));
        }

        return !string.Equals(
                origin,
                options.AppUrl.GetLeftPart(UriPartial.Authority),
                StringComparison.OrdinalIgnoreCase
            ) && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Another site's page tried to act in the caller's name.</summary>
public sealed record CrossSiteRequest()
    : Refusal(ProblemCodes.CrossSiteRequest, 403, "The call came from another site.", "Open the product's own page.");
