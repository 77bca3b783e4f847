using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Tollgate.Http;

/// <summary>By what a caller of the API is known, as the document says it. Pure.</summary>
internal static class ApiSecurity
{
    private const string Cookie = "cookie";
    private const string Bearer = "bearer";
    private const string Signature = "stripe_signature";

    public static JsonObject Schemes(ApiAbout about)
    {
        var schemes = new JsonObject();
        if (about.Cookie is { } name)
        {
            schemes[Cookie] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "cookie",
                ["name"] = name,
                ["description"] =
                    "The host's sign-in of its own pages, by default under ASP.NET Core Identity's name for it.",
            };
        }

        schemes[Signature] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = "Stripe-Signature",
            ["description"] = "Stripe's signature over the raw body, by the endpoint's secret.",
        };
        if (about.TakesBearer)
        {
            schemes[Bearer] = new JsonObject
            {
                ["type"] = "http",
                ["scheme"] = "bearer",
                ["description"] = "A token of the host's sign-in.",
            };
        }

        return schemes;
    }

    /// <summary>One of these will do: a sign-in, or Stripe's signature. None is for everybody.</summary>
    public static JsonArray Of(RouteEndpoint endpoint, ApiOperation operation, ApiAbout about) =>
        operation.IsSigned ? new JsonArray(Only(Signature))
        : !WantsSignIn(endpoint) ? []
        : new JsonArray([.. SignIns(about).Select(Only)]);

    private static IEnumerable<string> SignIns(ApiAbout about)
    {
        if (about.Cookie is not null)
        {
            yield return Cookie;
        }

        if (about.TakesBearer)
        {
            yield return Bearer;
        }
    }

    private static bool WantsSignIn(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
        && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;

    private static JsonObject Only(string scheme) => new() { [scheme] = new JsonArray() };
}
