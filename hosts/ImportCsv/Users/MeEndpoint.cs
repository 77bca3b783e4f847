using Tollgate;

namespace ImportCsv.Users;

/// <summary><c>/api/me</c>: who is signed in, and what they do with their own account.</summary>
internal static class MeEndpoint
{
    /// <param name="isCloud">Whether there is billing to link to.</param>
    public static void MapMe(this IEndpointRouteBuilder routes, bool isCloud)
    {
        var group = routes.MapGroup("/api/me").ForUsers();
        group.MapGet(
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
        group.MapPost("/password", ChangePassword.RunAsync);
        group.MapPost("/close", LeaveForGood.RunAsync);
    }
}
