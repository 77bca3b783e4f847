using Microsoft.Net.Http.Headers;
using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Importers;

/// <summary>
/// From which pages an importer may be used. The list guards browsers, which say where a call comes from; a call that
/// says nothing comes from no page.
/// </summary>
internal static class EmbeddingOrigin
{
    /// <summary>As browsers write it, <c>https://example.com</c>; null when it is no origin.</summary>
    public static string? Read(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http"
        && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
            ? uri.GetLeftPart(UriPartial.Authority).Replace(uri.Host, HostOf(uri), StringComparison.Ordinal)
            : null;

    // letters beyond ASCII are sent as punycode
    private static string HostOf(Uri uri) => uri.HostNameType == UriHostNameType.Dns ? uri.IdnHost : uri.Host;

    /// <summary>Our own pages may use every importer, by whichever name the server was called.</summary>
    public static Refusal? Refuse(Importer importer, HttpRequest request, TollgateOptions options) =>
        request.Headers.Origin is not [{ } origin]
        || importer.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || IsOwn(origin, options.AppUrl.GetLeftPart(UriPartial.Authority))
        || IsOwn(origin, $"{request.Scheme}://{request.Host}")
            ? null
            : new OriginNotAllowed();

    private static bool IsOwn(string origin, string own) =>
        string.Equals(origin, own, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Lets pages of other origins call and read the answer, refusals as well. No cookie is read, and what an
    /// importer answers hangs on its own list.
    /// </summary>
    public static RouteGroupBuilder ForEmbeddingPages(this RouteGroupBuilder group)
    {
        group.AllowAnonymous().AllowOtherSites();
        group.AddEndpointFilter(
            async (context, next) =>
            {
                Open(context.HttpContext);
                return await next(context);
            }
        );
        return group;
    }

    /// <summary>What a browser asks before a call that is not simple.</summary>
    public static IResult Preflight(HttpContext http)
    {
        Open(http);
        http.Response.Headers.AccessControlAllowMethods = "GET, POST";
        http.Response.Headers.AccessControlAllowHeaders = "content-type, idempotency-key";
        http.Response.Headers.AccessControlMaxAge = "600";
        return Results.NoContent();
    }

    /// <summary>Lets the page that calls read the answer.</summary>
    public static void Open(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (http.Request.Headers.Origin is [{ } origin])
        {
            headers.AccessControlAllowOrigin = origin;
        }
    }
}

/// <summary>The page is of an origin that the importer's owner did not list.</summary>
internal sealed record OriginNotAllowed()
    : Refusal(
        "origin_not_allowed",
        403,
        "This importer may not be used on this site.",
        "Its owner can add the site's origin to the importer."
    );
