using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ImportCsv.Importers;
using ImportCsv.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Imports;

/// <summary>
/// <c>GET /api/v1/importers/{key}/imports/{id}/result</c>: the rows, for the server that was called back. It shows the
/// secret that the callback was signed with, as <c>Authorization: Bearer cbs_...</c>; nobody signs in.
/// </summary>
internal static class HandOverRows
{
    public static Uri AddressOf(Import import, Importer importer, Uri appUrl) =>
        new(appUrl, $"/api/v1/importers/{importer.Key}/imports/{import.Id}/result");

    public static void MapHandOver(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/importers/{key}/imports/{id:guid}/result", RunAsync)
            .AllowAnonymous()
            .RequireRateLimiting(PublicRates.Policy)
            .DescribedBy(ImportDescriptions.HandOver);

    private static async Task<IResult> RunAsync(string key, Guid id, HttpContext http, ImportCsvDb db, ResultCsv csv)
    {
        var importer = await db.Set<Importer>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Key == key, http.RequestAborted);
        if (importer is null || !Shows(http.Request, importer.CallbackSecret))
        {
            return RefusalProblem.ToResult(new SecretNotShown());
        }

        var import = await db.Set<Import>()
            .AsNoTracking()
            .Where(row => row.ImporterId == importer.Id && row.State != ImportState.Receiving)
            .SingleOrDefaultAsync(row => row.Id == id, http.RequestAborted);
        return import is null ? RefusalProblem.ToResult(new ImportNotFound()) : csv.Answer(import, isRaw: true, http);
    }

    private static bool Shows(HttpRequest request, string secret) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given)
        && string.Equals(given.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(given.Parameter ?? ""),
            Encoding.UTF8.GetBytes(secret)
        );
}

/// <summary>No such importer, or not its secret: the answer does not say which.</summary>
internal sealed record SecretNotShown()
    : Refusal(
        "secret_not_shown",
        401,
        "That is not the importer's secret.",
        "Send the header Authorization: Bearer with the secret on the importer's page."
    );
