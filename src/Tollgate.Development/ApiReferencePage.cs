using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scalar.AspNetCore;

namespace Tollgate.Development;

/// <summary>The API's document as pages to read and to try, in Development.</summary>
internal static class ApiReferencePage
{
    /// <summary>Where it is seen: <c>/docs/api</c>.</summary>
    public const string Path = "/docs/api";

    // its script starts in the page itself, and asks for nothing elsewhere
    private const string PagePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <param name="document">Where the host serves its document; without one the page is not found.</param>
    public static void Map(RouteGroupBuilder pages, string document) =>
        pages
            .MapScalarApiReference(
                Path,
                options =>
                    options
                        .WithOpenApiRoutePattern(document)
                        .DisableDefaultFonts()
                        .DisableTelemetry()
                        .DisableAgent()
                        .DisableMcp()
                        .HideDeveloperTools()
            )
            .Finally(endpoint =>
            {
                var answer = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = http =>
                {
                    if (!IsServed(http.RequestServices.GetRequiredService<EndpointDataSource>(), document))
                    {
                        return Results.NotFound().ExecuteAsync(http);
                    }

                    http.Response.Headers.ContentSecurityPolicy = PagePolicy;
                    return answer(http);
                };
            });

    private static bool IsServed(EndpointDataSource endpoints, string document) =>
        endpoints.Endpoints.OfType<RouteEndpoint>().Any(endpoint => endpoint.RoutePattern.RawText == document);
}
