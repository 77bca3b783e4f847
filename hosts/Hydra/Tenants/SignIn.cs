using Microsoft.AspNetCore.Identity;
using Tollgate;

namespace Hydra.Tenants;

/// <summary>Sign-in by ASP.NET Core Identity under <c>/api/auth</c>, with cookie or bearer token.</summary>
internal static class SignIn
{
    public static void AddSignIn(this IServiceCollection services)
    {
        services
            .AddIdentityApiEndpoints<IdentityUser>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.Password.RequiredLength = 12;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireDigit = false;
            })
            .AddEntityFrameworkStores<HydraDb>();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "hydra";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.HttpOnly = true;
        });
        services.AddAdministrators<HydraDb>();
    }

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGroup("/api/auth").MapIdentityApi<IdentityUser>();
        app.MapPost("/api/auth/logout", (SignInManager<IdentityUser> signIn) => signIn.SignOutAsync());
        if (app.Environment.IsDevelopment())
        {
            app.MapGet("/api/demo", () => new { accounts = DemoTenants.Emails, password = DemoTenants.Password });
        }
    }
}
