using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Hosting;

/// <summary>
/// The host's own people, who administer everybody's billing: those with the role <c>admin</c> of ASP.NET Core
/// Identity. The role is looked up at each call, whatever their cookie or token says.
/// </summary>
public static class Administrators
{
    /// <summary>Of the role and of the policy that asks for it.</summary>
    public const string Name = "admin";

    /// <summary>Adds the policy, for a host that keeps Identity's tables in this context.</summary>
    public static void AddAdministrators<TContext>(this IServiceCollection services)
        where TContext : DbContext
    {
        services
            .AddAuthorizationBuilder()
            .AddPolicy(Name, policy => policy.RequireAuthenticatedUser().AddRequirements(new AdminRole()));
        services.AddScoped<IAuthorizationHandler, AdminRoleCheck<TContext>>();
    }

    /// <summary>True for one of them. The context has Identity's tables.</summary>
    public static Task<bool> IsAdminAsync(
        this DbContext db,
        ClaimsPrincipal principal,
        CancellationToken cancellationToken
    )
    {
        var userId = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        return (
            from held in db.Set<IdentityUserRole<string>>()
            join role in db.Set<IdentityRole>() on held.RoleId equals role.Id
            where held.UserId == userId && role.Name == Name
            select role.Id
        ).AnyAsync(cancellationToken);
    }

    private sealed class AdminRole : IAuthorizationRequirement;

    private sealed class AdminRoleCheck<TContext>(TContext db) : AuthorizationHandler<AdminRole>
        where TContext : DbContext
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
