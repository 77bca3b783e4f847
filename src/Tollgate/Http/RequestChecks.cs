using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Http;

/// <summary>What a host refuses of every call, whichever endpoint it goes to.</summary>
public static class RequestChecks
{
    /// <summary>
    /// Refuses each state-changing call that another site's page made, unless its endpoint
    /// <see cref="AllowOtherSites"/>, and each query with a null character, which PostgreSQL keeps nowhere. A route
    /// that somebody adds is covered without a word.
    /// </summary>
    public static void UseRequestChecks(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
                Refuse(http) is { } refusal ? RefusalProblem.ToResult(refusal).ExecuteAsync(http) : next(http)
        );

    /// <summary>
    /// For an endpoint that does not go by the caller's cookie, such as one that a signature or a key opens.
    /// </summary>
    public static TBuilder AllowOtherSites<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OtherSitesAllowed());

    private static Refusal? Refuse(HttpContext http) =>
        IsForeign(http) ? new CrossSiteRequest()
        : http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true
            ? new InvalidRequest("The address has a null character.")
        : null;

    private static bool IsForeign(HttpContext http) =>
        CallOrigin.IsForeign(http.Request, http.RequestServices.GetRequiredService<TollgateOptions>())
        && http.GetEndpoint()?.Metadata.GetMetadata<OtherSitesAllowed>() is null;
}

/// <summary>On an endpoint that other sites' pages may call.</summary>
internal sealed class OtherSitesAllowed;
