using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Scalar.AspNetCore;

namespace Tollgate.Development;

/// <summary>The API's document as pages to read and to try, in Development.</summary>
public static class ApiReferencePage
{
    /// <summary>Where it is seen: <c>/docs/api</c>.</summary>
    public const string Path = "/docs/api";

    // its script starts in the page itself, and asks for nothing elsewhere
    private const string PagePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Maps the pages, in Development, for everybody; in other environments nothing.</summary>
    /// <param name="document">Where the host maps <c>MapTollgateApiDocument</c>.</param>
    public static IEndpointConventionBuilder MapApiReference(
        this WebApplication app,
        string document = "/openapi/v1.json"
    )
    {
        var pages = app.MapGroup("").AllowAnonymous();
        if (!app.Environment.IsDevelopment())
        {
            return pages;
        }

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
                    http.Response.Headers.ContentSecurityPolicy = PagePolicy;
                    return answer(http);
                };
            });
        return pages;
    }
}
