using ImportCsv.Users;
using Microsoft.Extensions.FileProviders;

namespace ImportCsv.Pages;

/// <summary>
/// ImportCSV's pages: static files under readable addresses, with the headers that keep them to themselves. Who is not
/// signed in is led to the sign-in page, which leads back; pages of billing are there in the cloud only.
/// </summary>
internal static class ImportCsvPages
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private const string SignInPage = "/sign-in";

    private static readonly Page[] Everywhere =
    [
        new("/", "importers.html"),
        new("/importer", "importer.html"),
        new("/imports", "imports.html"),
        new("/settings/account", "account.html"),
        new(SignInPage, "sign-in.html") { IsOpen = true },
        new("/sign-up", "sign-up.html") { IsOpen = true },
    ];

    private static readonly Page[] InTheCloud =
    [
        new("/confirm", "confirm.html") { IsOpen = true },
        new("/forgot", "forgot.html") { IsOpen = true },
        new("/reset", "reset.html") { IsOpen = true },
        new("/settings/billing", "billing.html"),
        new("/billing/success", "success.html"),
        new("/admin", "admin.html") { IsForAdmins = true },
    ];

    public static void UseImportCsvPages(this WebApplication app, bool isCloud)
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
        app.UseRateLimiter();
        foreach (var page in isCloud ? [.. Everywhere, .. InTheCloud] : Everywhere)
        {
            var file = app.Environment.WebRootFileProvider.GetFileInfo(page.File);
            app.MapGet(page.Path, (HttpContext http, ImportCsvDb db) => AnswerAsync(page, file, http, db));
        }

        app.MapGet(ImporterScript.Path, ImporterScript.Get);
    }

    private static async Task<IResult> AnswerAsync(Page page, IFileInfo file, HttpContext http, ImportCsvDb db) =>
        !page.IsOpen && http.User.Identity is not { IsAuthenticated: true }
            ? Results.Redirect(SignInFirst(http.Request))
        : page.IsForAdmins && !await db.IsAdminAsync(http.User, http.RequestAborted)
            ? Results.Text("There is no such page.", statusCode: StatusCodes.Status404NotFound)
        : Results.Stream(file.CreateReadStream(), "text/html; charset=utf-8");

    private static string SignInFirst(HttpRequest request) =>
        $"{SignInPage}?return={Uri.EscapeDataString($"{request.Path}{request.QueryString}")}";

    private sealed record Page(string Path, string File)
    {
        /// <summary>To everybody.</summary>
        public bool IsOpen { get; init; }

        public bool IsForAdmins { get; init; }
    }
}
