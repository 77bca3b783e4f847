using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Tollgate;

/// <summary>By what a caller of the API is known, as the document says it. Pure.</summary>
internal static class ApiSecurity
{
    private const string Cookie = "cookie";
    private const string Bearer = "bearer";
    private const string Signature = "stripe_signature";

    public static JsonObject Schemes() =>
        new()
        {
            [Cookie] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "cookie",
                ["name"] = ".AspNetCore.Identity.Application",
                ["description"] = "The host's sign-in of its own pages, under ASP.NET Core Identity's name for it.",
            },
            [Bearer] = new JsonObject
            {
                ["type"] = "http",
                ["scheme"] = "bearer",
                ["description"] = "A token of the host's sign-in.",
            },
            [Signature] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "header",
                ["name"] = "Stripe-Signature",
                ["description"] = "Stripe's signature over the raw body, by the endpoint's secret.",
            },
        };

    /// <summary>One of these will do: a sign-in, or where there is none Stripe's signature.</summary>
    public static JsonArray Of(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            ? new JsonArray(Only(Cookie), Only(Bearer))
            : new JsonArray(Only(Signature));

    private static JsonObject Only(string scheme) => new() { [scheme] = new JsonArray() };
}
