namespace Hydra.Pages;

/// <summary>
/// Hydra's pages: static files under readable addresses, with the headers that keep them to themselves. Who is not
/// signed in is led to the sign-in page, which leads back.
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
        (SignIn, "sign-in.html"),
        (SignUp, "sign-up.html"),
        ("/billing/upgrade", "upgrade.html"),
        ("/billing/success", "success.html"),
        ("/settings/billing", "billing-settings.html"),
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
                    path is SignIn or SignUp || request.HttpContext.User.Identity is { IsAuthenticated: true }
                        ? Results.Stream(page.CreateReadStream(), "text/html; charset=utf-8")
                        : Results.Redirect(SignInFirst(request))
            );
        }
    }

    private static string SignInFirst(HttpRequest request) =>
        $"{SignIn}?return={Uri.EscapeDataString($"{request.Path}{request.QueryString}")}";
}
