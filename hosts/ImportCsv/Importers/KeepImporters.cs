using ImportCsv.Storage;
using ImportCsv.Users;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Importers;

/// <summary>The user's importers under <c>/api/v1/importers</c>. Nobody sees those of others.</summary>
internal static class KeepImporters
{
    private const int ImportersMax = 200;

    public static void MapImporters(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/importers").ForUsers();
        group.MapGet("/", ListAsync).DescribedBy(ImporterDescriptions.List);
        group.MapPost("/", AddAsync).DescribedBy(ImporterDescriptions.Add);
        group.MapGet("/{key}", FindAsync).DescribedBy(ImporterDescriptions.Find);
        group.MapPut("/{key}", ChangeAsync).DescribedBy(ImporterDescriptions.Change);
        routes.MapConfig();
    }

    private static async Task<IResult> ListAsync(HttpContext http, ImportCsvDb db)
    {
        var importers = await Of(http, db).AsNoTracking().OrderBy(row => row.Id).ToListAsync(http.RequestAborted);
        return BillingJson.Answer(new ImporterList(importers.Select(Shown)));
    }

    private static async Task<IResult> AddAsync(HttpContext http, ImportCsvDb db, BillingClock clock)
    {
        var read = await BillingJson.ReadAsync<ImporterForm>(http.Request);
        if (read is not { Value: { } form })
        {
            return RefusalProblem.ToResult(read.Refusal!);
        }

        if (await Of(http, db).CountAsync(http.RequestAborted) >= ImportersMax)
        {
            return RefusalProblem.ToResult(new TooManyImporters(ImportersMax));
        }

        var filled = form.Fill(
            new Importer
            {
                Id = Guid.CreateVersion7(),
                UserId = http.UserId(),
                Key = Importer.NewKey(),
                Name = form.Name,
                Columns = [],
                AllowedOrigins = [],
                ShowBadge = true,
                CallbackSecret = Importer.NewSecret(),
                CreatedAt = clock.Now,
            }
        );
        if (filled.Refusal is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        db.Add(filled.Value!);
        await db.SaveChangesAsync(http.RequestAborted);
        return BillingJson.Answer(Shown(filled.Value!));
    }

    private static async Task<IResult> FindAsync(string key, HttpContext http, ImportCsvDb db) =>
        await Of(http, db).AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, http.RequestAborted) is { } found
            ? BillingJson.Answer(Shown(found))
            : RefusalProblem.ToResult(new ImporterNotFound());

    private static async Task<IResult> ChangeAsync(string key, HttpContext http, ImportCsvDb db)
    {
        var read = await BillingJson.ReadAsync<ImporterForm>(http.Request);
        if (read is not { Value: { } form })
        {
            return RefusalProblem.ToResult(read.Refusal!);
        }

        var known = await Of(http, db).AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, http.RequestAborted);
        if (known is null)
        {
            return RefusalProblem.ToResult(new ImporterNotFound());
        }

        var filled = form.Fill(known);
        if (filled.Refusal is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        db.Entry(filled.Value!).State = EntityState.Modified;
        await db.SaveChangesAsync(http.RequestAborted);
        return BillingJson.Answer(Shown(filled.Value!));
    }

    /// <summary>Those of the caller.</summary>
    public static IQueryable<Importer> Of(HttpContext http, ImportCsvDb db)
    {
        var user = http.UserId();
        return db.Set<Importer>().Where(row => row.UserId == user);
    }

    private static ImporterShown Shown(Importer importer) =>
        new(
            importer.Key,
            importer.Name,
            importer.Columns,
            importer.AllowedOrigins,
            importer.ShowBadge,
            importer.CustomCss,
            importer.CallbackUrl,
            importer.CallbackSecret,
            importer.Delimiter?.ToString(),
            importer.CreatedAt
        );
}

/// <summary>An importer as its owner sees it.</summary>
internal sealed record ImporterShown(
    string Key,
    string Name,
    IReadOnlyList<ImportColumn> Columns,
    IReadOnlyList<string> AllowedOrigins,
    bool ShowBadge,
    string? CustomCss,
    string? CallbackUrl,
    string CallbackSecret,
    string? Delimiter,
    DateTimeOffset CreatedAt
);

internal sealed record ImporterList(IEnumerable<ImporterShown> Importers);

/// <summary>No importer has that key, or it is somebody else's.</summary>
internal sealed record ImporterNotFound()
    : Refusal("importer_not_found", 404, "There is no such importer.", "Check the importer key.");

/// <summary>A user has so many importers already.</summary>
internal sealed record TooManyImporters(int Most)
    : Refusal("too_many_importers", 409, $"You have {Most} importers.", "Remove one that you do not need.");
