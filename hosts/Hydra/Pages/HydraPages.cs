using Tollgate.Hosting;

namespace Hydra.Pages;

/// <summary>Hydra's pages and their addresses.</summary>
internal static class HydraPages
{
    private const string SignIn = "/sign-in";

    private static readonly HostPage[] Pages =
    [
        new("/", "workflows.html"),
        new("/repos", "repos.html"),
        new("/jira", "jira.html"),
        new(SignIn, "sign-in.html") { IsOpen = true },
        new("/sign-up", "sign-up.html") { IsOpen = true },
        new("/confirm", "confirm.html") { IsOpen = true },
        new("/confirm-billing", "confirm-billing.html") { IsOpen = true },
        new("/forgot", "forgot.html") { IsOpen = true },
        new("/reset", "reset.html") { IsOpen = true },
        new("/billing/upgrade", "upgrade.html"),
        new("/billing/success", "success.html"),
        new("/settings/billing", "billing-settings.html"),
        new("/admin", "admin-accounts.html") { IsForAdmins = true },
        new("/admin/account", "admin-account.html") { IsForAdmins = true },
        new("/admin/inbox", "admin-inbox.html") { IsForAdmins = true },
        new("/admin/drift", "admin-drift.html") { IsForAdmins = true },
        new("/admin/figures", "admin-figures.html") { IsForAdmins = true },
        new("/admin/log", "admin-log.html") { IsForAdmins = true },
    ];

    public static void UseHydraPages(this WebApplication app) => app.UseHostPages(SignIn, Pages);
}
