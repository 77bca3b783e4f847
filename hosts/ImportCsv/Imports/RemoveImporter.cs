using ImportCsv.Importers;
using ImportCsv.Storage;
using ImportCsv.Users;
using Microsoft.EntityFrameworkCore;
using Tollgate.Http;

namespace ImportCsv.Imports;

/// <summary>
/// <c>DELETE /api/v1/importers/{key}</c>: its imports go with it, and before it, as they may be many; what they counted
/// stays counted.
/// </summary>
internal static class RemoveImporter
{
    public static void MapRemoveImporter(this IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/api/v1/importers")
            .ForUsers()
            .MapDelete("/{key}", RunAsync)
            .DescribedBy(ImporterDescriptions.Remove);

    private static async Task<IResult> RunAsync(string key, HttpContext http, ImportCsvDb db)
    {
        var importer = KeepImporters.Of(http, db).Where(row => row.Key == key);
        if (await importer.AsNoTracking().SingleOrDefaultAsync(http.RequestAborted) is not { } known)
        {
            return RefusalProblem.ToResult(new ImporterNotFound());
        }

        await db.Set<Import>().Where(row => row.ImporterId == known.Id).DeleteInTurnsAsync(http.RequestAborted);
        await importer.ExecuteDeleteAsync(http.RequestAborted);
        return Results.NoContent();
    }
}
