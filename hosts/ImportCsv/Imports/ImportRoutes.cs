using System.Buffers;
using ImportCsv.Csv;
using ImportCsv.Importers;
using ImportCsv.Storage;
using ImportCsv.Users;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Imports;

/// <summary>Imports under <c>/api/v1/imports</c>: anybody with an importer's key sends, its owner sees.</summary>
internal static class ImportRoutes
{
    private const int ListedMax = 50;

    /// <summary>What a form has around its file.</summary>
    private const int AroundMax = 256 * 1024;

    private const int DrainedMax = 64 * 1024 * 1024;
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(30);

    public static void AddImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportStore>();
        services.AddSingleton<PlainNames>();
        services.AddSingleton<TakeRows>();
        services.AddSingleton<ImporterRates>();
        services.AddSingleton<ReceiveImport>();
        services.AddSingleton<ResultCsv>();
        services.AddSingleton<CallbackHttp>();
        services.AddHostedService<SendCallbacks>();
        services.AddHostedService<ForgetImports>();
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
        own.MapDelete("/{id:guid}", RemoveAsync).DescribedBy(ImportDescriptions.Remove);
        own.MapGet("/{id:guid}/result", ResultAsync).DescribedBy(ImportDescriptions.Result);
        own.MapPost("/{id:guid}/callback", CallAgain.RunAsync).DescribedBy(ImportDescriptions.CallAgain);
        routes.MapHandOver();
        routes.MapRemoveImporter();
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext http,
        ReceiveImport receive,
        TakeRows take,
        TimeProvider machineTime
    )
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null; // the file has a limit of its own, which is refused by name
        }

        Outcome<ReceivedImport> outcome;
        try
        {
            outcome =
                http.Request.ContentLength - AroundMax > take.BytesMax
                    ? new FileTooLarge(take.BytesMax)
                    : await receive.RunAsync(http.Request, http.RequestAborted);
        }
        catch (BadHttpRequestException slow) when (slow.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            return RefusalProblem.ToResult(new UploadTooSlow()); // the server's own time-out came before ours
        }
        catch (Exception broken)
            when (broken is IOException or InvalidDataException && !http.RequestAborted.IsCancellationRequested)
        {
            return RefusalProblem.ToResult(new InvalidRequest("The form cannot be read, or ends in the middle."));
        }

        if (outcome.Refusal is { } refusal)
        {
            if (refusal is not UploadTooSlow)
            {
                await DrainAsync(http, machineTime);
            }

            return RefusalProblem.ToResult(refusal);
        }

        http.Response.StatusCode = StatusCodes.Status201Created;
        return new Created(ImportAnswer.Of(outcome.Value!.Import, outcome.Value.ImporterKey));
    }

    // a browser that is still sending would see no answer; what is read here is kept nowhere
    private static async Task DrainAsync(HttpContext http, TimeProvider machineTime)
    {
        using var late = new CancellationTokenSource(LongestDrain, machineTime);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
        var bin = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int left = DrainedMax, read = 1; left > 0 && read > 0; left -= read)
            {
                read = await http.Request.Body.ReadAsync(bin, end.Token);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // there is nobody left to answer, or nobody who ever ends
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bin);
        }
    }

    private static async Task<IResult> ListAsync(Guid? before, HttpContext http, ImportCsvDb db)
    {
        var found = await Of(http, db)
            .Where(row => before == null || row.Import.Id.CompareTo(before.Value) < 0)
            .OrderByDescending(row => row.Import.Id)
            .Take(ListedMax + 1)
            .ToListAsync(http.RequestAborted);
        var shown = found.Take(ListedMax).Select(row => ImportAnswer.Of(row) with { Errors = [] }).ToList();
        return BillingJson.Answer(new ImportList(shown, found.Count > ListedMax ? shown[^1].Id : null));
    }

    private static async Task<IResult> FindAsync(Guid id, HttpContext http, ImportCsvDb db) =>
        await Of(http, db).SingleOrDefaultAsync(row => row.Import.Id == id, http.RequestAborted) is { } found
            ? BillingJson.Answer(ImportAnswer.Of(found))
            : RefusalProblem.ToResult(new ImportNotFound());

    private static async Task<IResult> ResultAsync(
        Guid id,
        bool? raw,
        HttpContext http,
        ImportCsvDb db,
        ResultCsv csv
    ) =>
        await Of(http, db).SingleOrDefaultAsync(row => row.Import.Id == id, http.RequestAborted) is { } found
            ? csv.Answer(found.Import, isRaw: raw == true, http)
            : RefusalProblem.ToResult(new ImportNotFound());

    // its rows go with it; what it counted stays counted
    private static async Task<IResult> RemoveAsync(Guid id, HttpContext http, ImportCsvDb db)
    {
        var user = http.UserId();
        var removed = await db.Set<Import>()
            .Where(row => row.Id == id && row.UserId == user && row.State != ImportState.Receiving)
            .ExecuteDeleteAsync(http.RequestAborted);
        return removed == 1 ? Results.NoContent() : RefusalProblem.ToResult(new ImportNotFound());
    }

    private static IQueryable<ReceivedImport> Of(HttpContext http, ImportCsvDb db)
    {
        var user = http.UserId();
        return from import in db.Set<Import>().AsNoTracking()
            join importer in db.Set<Importer>() on import.ImporterId equals importer.Id
            join sent in db.Set<Callback>() on import.Id equals sent.ImportId into callbacks
            from callback in callbacks.DefaultIfEmpty()
            where import.UserId == user && import.State != ImportState.Receiving
            select new ReceivedImport
            {
                Import = import,
                ImporterKey = importer.Key,
                Callback = callback,
            };
    }

    private sealed class Created(ImportAnswer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => BillingJson.Answer(answer).ExecuteAsync(httpContext);
    }
}

/// <summary>No such import of this user, whoever else's it may be.</summary>
internal sealed record ImportNotFound()
    : Refusal(
        "import_not_found",
        404,
        "There is no such import.",
        "It may have been deleted, or gone with its importer."
    );
