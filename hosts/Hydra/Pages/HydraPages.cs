using Hydra.Tenants;
using Microsoft.Extensions.FileProviders;

namespace Hydra.Pages;

/// <summary>
/// Hydra's pages: static files under readable addresses, with the headers that keep them to themselves. Who is not
/// signed in is led to the sign-in page, which leads back; an administrator's pages are for administrators.
/// </summary>
internal static class HydraPages
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private const string SignIn = "/sign-in";
    private const string SignUp = "/sign-up";

    private static readonly (string Path, string File)[] Pages =
    [
        ("/", "workflows.html"),
        ("/repos", "repos.html"),
        ("/jira", "jira.html"),
        (SignIn, "sign-in.html"),
        (SignUp, "sign-up.html"),
        ("/billing/upgrade", "upgrade.html"),
        ("/billing/success", "success.html"),
        ("/settings/billing", "billing-settings.html"),
    ];

    private static readonly (string Path, string File)[] AdminPages =
    [
        ("/admin", "admin-accounts.html"),
        ("/admin/account", "admin-account.html"),
        ("/admin/inbox", "admin-inbox.html"),
        ("/admin/drift", "admin-drift.html"),
        ("/admin/figures", "admin-figures.html"),
        ("/admin/log", "admin-log.html"),
    ];

    public static void UseHydraPages(this WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
                context.Response.Headers.XContentTypeOptions = "nosniff";
                context.Response.Headers["Referrer-Policy"] = "same-origin";
                return next(context);
            }
        );
        app.UseStaticFiles();
        foreach (var (path, file) in Pages)
        {
            var page = app.Environment.WebRootFileProvider.GetFileInfo(file);
            app.MapGet(
                path,
                (HttpRequest request) =>
                    path is SignIn or SignUp || IsSignedIn(request)
                        ? Show(page)
                        : Results.Redirect(SignInFirst(request))
            );
        }

        foreach (var (path, file) in AdminPages)
        {
            var page = app.Environment.WebRootFileProvider.GetFileInfo(file);
            app.MapGet(
                path,
                async (HttpRequest request, HydraDb db) =>
                    !IsSignedIn(request) ? Results.Redirect(SignInFirst(request))
                    : await db.IsAdminAsync(request.HttpContext.User, request.HttpContext.RequestAborted) ? Show(page)
                    : Results.Text("There is no such page.", statusCode: StatusCodes.Status404NotFound)
            );
        }
    }

    private static bool IsSignedIn(HttpRequest request) =>
        request.HttpContext.User.Identity is { IsAuthenticated: true };

    private static IResult Show(IFileInfo page) => Results.Stream(page.CreateReadStream(), "text/html; charset=utf-8");

    private static string SignInFirst(HttpRequest request) =>
        $"{SignIn}?return={Uri.EscapeDataString($"{request.Path}{request.QueryString}")}";
}
