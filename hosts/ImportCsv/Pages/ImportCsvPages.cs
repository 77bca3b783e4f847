using Tollgate.Hosting;

namespace ImportCsv.Pages;

/// <summary>ImportCSV's pages and their addresses; pages of billing are there in the cloud only.</summary>
internal static class ImportCsvPages
{
    private const string SignInPage = "/sign-in";

    private static readonly HostPage[] Everywhere =
    [
        new("/", "importers.html"),
        new("/importer", "importer.html"),
        new("/imports", "imports.html"),
        new("/settings/account", "account.html"),
        new(SignInPage, "sign-in.html") { IsOpen = true },
        new("/sign-up", "sign-up.html") { IsOpen = true },
    ];

    private static readonly HostPage[] InTheCloud =
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
        app.UseHostPages(SignInPage, isCloud ? [.. Everywhere, .. InTheCloud] : Everywhere);
        app.UseRateLimiter();
        app.MapGet(ImporterScript.Path, ImporterScript.Get);
    }
}
