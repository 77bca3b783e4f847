namespace ImportCsv.Pages;

/// <summary>Which edition this is, for pages that nobody may have signed in to, as a module of theirs.</summary>
internal static class EditionScript
{
    /// <param name="isCloud">Only the cloud bills and mails.</param>
    public static void MapEdition(this IEndpointRouteBuilder routes, bool isCloud) =>
        routes.MapGet(
            "/edition.js",
            () => Results.Text($"export const isCloud = {(isCloud ? "true" : "false")};\n", "text/javascript")
        );
}
