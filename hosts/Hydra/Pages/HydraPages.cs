namespace Hydra.Pages;

/// <summary>
/// Hydra's pages: static files under readable addresses, with the headers that keep them to themselves.
/// </summary>
internal static class HydraPages
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private static readonly (string Path, string File)[] Pages =
    [
        ("/", "workflows.html"),
        ("/sign-in", "sign-in.html"),
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
            app.MapGet(path, () => Results.Stream(page.CreateReadStream(), "text/html; charset=utf-8"));
        }
    }
}
