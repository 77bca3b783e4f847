using Tollgate;

namespace ImportCsv.Users;

/// <summary><c>GET /api/me</c>: who is signed in, and whether as an administrator.</summary>
internal static class MeEndpoint
{
    /// <param name="isCloud">Whether there is billing to link to.</param>
    public static void MapMe(this IEndpointRouteBuilder routes, bool isCloud) =>
        routes
            .MapGroup("/api/me")
            .ForUsers()
            .MapGet(
                "/",
                async (HttpContext http, ImportCsvDb db) =>
                    BillingJson.Answer(
                        new
                        {
                            Email = http.User.Identity?.Name,
                            Admin = await db.IsAdminAsync(http.User, http.RequestAborted),
                            Cloud = isCloud,
                        }
                    )
            );
}
