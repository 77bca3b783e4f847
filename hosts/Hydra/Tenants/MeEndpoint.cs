using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace Hydra.Tenants;

/// <summary><c>GET /api/me</c>: who is signed in, and for which tenant.</summary>
internal static class MeEndpoint
{
    public static void MapMe(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/me", GetAsync).RequireAuthorization();

    private static async Task<IResult> GetAsync(
        ClaimsPrincipal principal,
        HydraDb db,
        CancellationToken cancellationToken
    )
    {
        var userId = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        var me = await (
            from membership in db.Memberships
            join organization in db.Organizations on membership.OrganizationId equals organization.Id
            join user in db.Users on membership.UserId equals user.Id
            where membership.UserId == userId
            select new
            {
                email = user.Email,
                role = membership.IsOwner ? "owner" : "member",
                tenant = new { id = organization.Id, name = organization.Name },
            }
        ).SingleOrDefaultAsync(cancellationToken);
        return me is null ? Results.Forbid() : Results.Ok(me);
    }
}
