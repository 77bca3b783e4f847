using ImportCsv.Storage;
using Tollgate.Hosting;
using Tollgate.Http;

namespace ImportCsv.Users;

/// <summary><c>/api/me</c>: who is signed in, and what they do with their own account.</summary>
internal static class MeEndpoint
{
    internal sealed record Me(string? Email, bool Admin, bool Cloud);

    /// <param name="isCloud">Whether there is billing to link to.</param>
    /// <param name="close">What the API's document says of closing.</param>
    public static void MapMe(this IEndpointRouteBuilder routes, bool isCloud, ApiOperation close)
    {
        var group = routes.MapGroup("/api/me").ForUsers();
        group
            .MapGet(
                "/",
                async (HttpContext http, ImportCsvDb db) =>
                    BillingJson.Answer(
                        new Me(
                            http.User.Identity?.Name,
                            await db.IsAdminAsync(http.User, http.RequestAborted),
                            Cloud: isCloud
                        )
                    )
            )
            .DescribedBy(UserDescriptions.Me);
        group.MapPost("/close", LeaveForGood.RunAsync).DescribedBy(close);
    }
}
