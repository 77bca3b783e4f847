using System.Text.Json.Serialization;
using ImportCsv.PlanLimits;
using ImportCsv.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Importers;

/// <summary>
/// <c>GET /api/v1/importers/{key}/config</c>, for the page that embeds the importer: what it needs to show it, and no
/// more.
/// </summary>
internal static class ImporterConfig
{
    public static void MapConfig(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/importers/{key}/config").ForEmbeddingPages();
        group.RequireRateLimiting(PublicRates.Policy);
        group.MapGet("/", GetAsync).DescribedBy(ImporterDescriptions.Config);
        group.MapMethods("/", [HttpMethods.Options], EmbeddingOrigin.Preflight);
    }

    private static async Task<IResult> GetAsync(
        string key,
        HttpContext http,
        ImportCsvDb db,
        IPlanLimits limits,
        TollgateOptions options
    )
    {
        var importer = await db.Set<Importer>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Key == key, http.RequestAborted);
        if (importer is null)
        {
            return RefusalProblem.ToResult(new ImporterNotFound());
        }

        if (EmbeddingOrigin.Refuse(importer, http.Request, options) is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        return BillingJson.Answer(Of(importer, await limits.ReadAsync(importer.UserId, http.RequestAborted)));
    }

    private static Config Of(Importer importer, ImportTerms terms) =>
        new(
            importer.Key,
            importer.Name,
            importer.Columns,
            terms.Badge == Badge.Always || (terms.Badge == Badge.AsSet && importer.ShowBadge),
            terms.Tier,
            new Limits(new Used(terms.ImportsUsed, terms.ImportsLimit), terms.RowsLimit, terms.ResetsAt),
            terms.MayStyle ? importer.CustomCss : null,
            importer.Delimiter?.ToString(),
            terms.CanImport,
            terms.IsPaused,
            terms.UpgradeUrl
        );

    /// <param name="ShowBranding">This one name as the source spells it.</param>
    /// <param name="IsPaused">Nothing can be imported because the plan is not paid for.</param>
    internal sealed record Config(
        string Key,
        string Name,
        IReadOnlyList<ImportColumn> Columns,
        [property: JsonPropertyName("showBranding")] bool ShowBranding,
        string Tier,
        Limits Limits,
        string? CustomCss,
        string? Delimiter,
        bool CanImport,
        bool IsPaused,
        Uri? UpgradeUrl
    );

    internal sealed record Limits(Used Imports, int? RowsPerImport, DateTimeOffset? ResetsAt);

    internal sealed record Used([property: JsonPropertyName("used")] int Count, int? Limit);
}
