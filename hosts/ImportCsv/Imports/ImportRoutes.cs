using System.Buffers;
using ImportCsv.Importers;
using ImportCsv.Imports.Csv;
using ImportCsv.Users;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Tollgate;

namespace ImportCsv.Imports;

/// <summary>Imports under <c>/api/v1/imports</c>: anybody with an importer's key sends, its owner sees.</summary>
internal static class ImportRoutes
{
    private const int MostListed = 50;

    /// <summary>What a form has around its file.</summary>
    private const int MostAround = 256 * 1024;

    private const int MostDrained = 64 * 1024 * 1024;

    public static void AddImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportStore>();
        services.AddSingleton<ReceiveImport>();
        services.AddSingleton<CallbackHttp>();
        services.AddHostedService<SendCallbacks>();
        services.AddHostedService<ForgetUnfinished>();
        services.AddPublicRates();
    }

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("/api/v1/imports").ForEmbeddingPages();
        open.MapPost("/", ReceiveAsync).RequireRateLimiting(PublicRates.Policy).DescribedBy(ImportDescriptions.Receive);
        open.MapMethods("/", [HttpMethods.Options], EmbeddingOrigin.Preflight);
        var own = routes.MapGroup("/api/v1/imports").ForUsers();
        own.MapGet("/", ListAsync).DescribedBy(ImportDescriptions.List);
        own.MapGet("/{id:guid}", FindAsync).DescribedBy(ImportDescriptions.Find);
        own.MapGet("/{id:guid}/result", ResultAsync).DescribedBy(ImportDescriptions.Result);
    }

    private static async Task<IResult> ReceiveAsync(HttpContext http, ReceiveImport receive)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null; // the file has a limit of its own, which is refused by name
        }

        Outcome<ReceivedImport> outcome;
        try
        {
            outcome =
                http.Request.ContentLength - MostAround > receive.MostBytes
                    ? new FileTooLarge(receive.MostBytes)
                    : await receive.RunAsync(http.Request, http.RequestAborted);
        }
        catch (Exception broken)
            when (broken is IOException or InvalidDataException && !http.RequestAborted.IsCancellationRequested)
        {
            return RefusalProblem.ToResult(new InvalidRequest("The form ends in the middle of a part."));
        }

        if (outcome.Refusal is { } refusal)
        {
            await DrainAsync(http.Request.Body, http.RequestAborted);
            return RefusalProblem.ToResult(refusal);
        }

        http.Response.StatusCode = StatusCodes.Status201Created;
        return new Created(ImportAnswer.Of(outcome.Value!.Import, outcome.Value.ImporterKey));
    }

    // a browser that is still sending would see no answer; what is read here is kept nowhere
    private static async Task DrainAsync(Stream body, CancellationToken cancellationToken)
    {
        var bin = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int left = MostDrained, read = 1; left > 0 && read > 0; left -= read)
            {
                read = await body.ReadAsync(bin, cancellationToken);
            }
        }
        catch (Exception gone) when (gone is IOException)
        {
            // there is nobody left to answer
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bin);
        }
    }

    private static async Task<IResult> ListAsync(HttpContext http, ImportCsvDb db)
    {
        var imports = await Of(http, db)
            .OrderByDescending(row => row.Import.Id)
            .Take(MostListed)
            .ToListAsync(http.RequestAborted);
        return BillingJson.Answer(
            new ImportList(imports.Select(row => ImportAnswer.Of(row.Import, row.ImporterKey) with { Errors = [] }))
        );
    }

    private static async Task<IResult> FindAsync(Guid id, HttpContext http, ImportCsvDb db) =>
        await Of(http, db).SingleOrDefaultAsync(row => row.Import.Id == id, http.RequestAborted) is { } found
            ? BillingJson.Answer(ImportAnswer.Of(found.Import, found.ImporterKey))
            : RefusalProblem.ToResult(new ImportNotFound());

    private static async Task<IResult> ResultAsync(Guid id, bool? raw, HttpContext http, ImportCsvDb db)
    {
        if (await Of(http, db).SingleOrDefaultAsync(row => row.Import.Id == id, http.RequestAborted) is not { } found)
        {
            return RefusalProblem.ToResult(new ImportNotFound());
        }

        return Results.Stream(
            body => ResultCsv.WriteAsync(found.Import, db, body, isRaw: raw == true, http.RequestAborted),
            "text/csv; charset=utf-8",
            $"import-{id:N}.csv"
        );
    }

    private static IQueryable<ReceivedImport> Of(HttpContext http, ImportCsvDb db)
    {
        var user = http.UserId();
        return from import in db.AllImports.AsNoTracking()
            join importer in db.AllImporters on import.ImporterId equals importer.Id
            where import.UserId == user && import.State != ImportState.Receiving
            select new ReceivedImport { Import = import, ImporterKey = importer.Key };
    }

    private sealed class Created(ImportAnswer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => BillingJson.Answer(answer).ExecuteAsync(httpContext);
    }
}

/// <summary>No such import of this user, whoever else's it may be.</summary>
internal sealed record ImportNotFound()
    : Refusal("import_not_found", 404, "There is no such import.", "It may have gone with its importer.");
