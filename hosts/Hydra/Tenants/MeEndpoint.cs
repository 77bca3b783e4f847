using System.Security.Claims;
using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate.Hosting;

namespace Hydra.Tenants;

/// <summary><c>GET /api/me</c>: who is signed in, for which tenant, and whether as an administrator.</summary>
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
        var isAdmin = await db.IsAdminAsync(principal, cancellationToken);
        var me = await (
            from user in db.Users
            join held in db.Memberships on user.Id equals held.UserId into memberships
            from membership in memberships.DefaultIfEmpty()
            join known in db.Organizations on membership.OrganizationId equals known.Id into organizations
            from organization in organizations.DefaultIfEmpty()
            where user.Id == userId && (membership != null || isAdmin)
            select new
            {
                email = user.Email,
                role = membership == null ? null
                : membership.IsOwner ? "owner"
                : "member",
                tenant = organization == null ? null : new { id = organization.Id, name = organization.Name },
                admin = isAdmin,
            }
        ).SingleOrDefaultAsync(cancellationToken);
        return me is null ? Results.Forbid() : Results.Ok(me);
    }
}
