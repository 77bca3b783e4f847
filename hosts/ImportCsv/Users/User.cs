using System.Security.Claims;
using Tollgate.Http;

namespace ImportCsv.Users;

/// <summary>Who is signed in. A user's id is also their billing account's.</summary>
internal static class User
{
    /// <summary>For signed-in users; another site's page cannot act in their name, and nothing is cached.</summary>
    public static RouteGroupBuilder ForUsers(this RouteGroupBuilder group)
    {
        group.RequireAuthorization().AddEndpointFilter<SameOriginFilter>();
        group.AddEndpointFilter(
            async (context, next) =>
            {
                context.HttpContext.Response.Headers.CacheControl = "no-store";
                return await next(context);
            }
        );
        return group;
    }

    public static string UserId(this HttpContext http) =>
        http.User.FindFirstValue(ClaimTypes.NameIdentifier)
        ?? throw new InvalidOperationException("An endpoint for users was reached by nobody.");
}
