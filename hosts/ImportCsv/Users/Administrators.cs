using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace ImportCsv.Users;

/// <summary>
/// Our own people, who see everybody's usage. They have the role <c>admin</c>. The role is looked up at each
/// call, whatever their cookie says.
/// </summary>
internal static class Administrators
{
    /// <summary>Of the role and of the policy that asks for it.</summary>
    public const string Name = "admin";

    public static void AddAdministrators(this IServiceCollection services)
    {
        services
            .AddAuthorizationBuilder()
            .AddPolicy(Name, policy => policy.RequireAuthenticatedUser().AddRequirements(new AdminRole()));
        services.AddScoped<IAuthorizationHandler, AdminRoleCheck>();
    }

    public static Task<bool> IsAdminAsync(
        this ImportCsvDb db,
        ClaimsPrincipal principal,
        CancellationToken cancellationToken
    )
    {
        var userId = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        return (
            from held in db.UserRoles
            join role in db.Roles on held.RoleId equals role.Id
            where held.UserId == userId && role.Name == Name
            select role.Id
        ).AnyAsync(cancellationToken);
    }

    private sealed class AdminRole : IAuthorizationRequirement;

    private sealed class AdminRoleCheck(ImportCsvDb db) : AuthorizationHandler<AdminRole>
    {
        protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, AdminRole requirement)
        {
            if (await db.IsAdminAsync(context.User, CancellationToken.None))
            {
                context.Succeed(requirement);
            }
        }
    }
}
