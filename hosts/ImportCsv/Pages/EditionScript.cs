namespace ImportCsv.Pages;

/// <summary>What pages that nobody has signed in to must know of this host, as a module of theirs.</summary>
internal static class EditionScript
{
    /// <param name="isCloud">Only the cloud mails, and so only there can a link for a new password be sent.</param>
    public static void MapEdition(this IEndpointRouteBuilder routes, bool isCloud) =>
        routes.MapGet(
            "/edition.js",
            () => Results.Text($"export const hasMail = {(isCloud ? "true" : "false")};\n", "text/javascript")
        );
}
