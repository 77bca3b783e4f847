using ImportCsv.Importers;
using ImportCsv.PlanLimits;
using ImportCsv.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Imports;

/// <summary>
/// Takes a CSV for an importer: checks the limits, reads the file as it comes, checks each row and keeps the good
/// ones. Where it is refused, nothing of it stays and nothing is counted.
/// </summary>
internal sealed class ReceiveImport(
    IDbContextFactory<ImportCsvDb> contexts,
    ImportStore store,
    TakeRows take,
    IPlanLimits limits,
    ImporterRates rates,
    TollgateOptions options,
    BillingClock clock,
    TimeProvider machineTime
)
{
    public async Task<Outcome<ReceivedImport>> RunAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var read = await UploadForm.ReadAsync(request, cancellationToken);
        if (read is not { Value: { } form })
        {
            return read.Refusal!;
        }

        if (await FindImporterAsync(form.ImporterKey, cancellationToken) is not { } importer)
        {
            return new ImporterNotFound();
        }

        if (EmbeddingOrigin.Refuse(importer, request, options) is { } foreign)
        {
            return foreign;
        }

        using var turn = rates.Ask(importer, PublicRates.Network(request.HttpContext.Connection.RemoteIpAddress));
        if (turn is null)
        {
            return new TooManyCalls();
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(turn.Displaced, cancellationToken);
        try
        {
            return await TakeAsync(importer, form, request, either.Token);
        }
        catch (OperationCanceledException) when (turn.IsDisplaced && !cancellationToken.IsCancellationRequested)
        {
            return new UploadTooSlow(); // its address has held many turns for long, and another one waits for its first
        }
    }

    private async Task<Outcome<ReceivedImport>> TakeAsync(
        Importer importer,
        UploadForm form,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var key = request.Headers["Idempotency-Key"] is [{ } given] ? given : Guid.NewGuid().ToString("N");
        if (key.Length is 0 or > 100 || key.Any(char.IsControl))
        {
            return new InvalidRequest("Send one Idempotency-Key of 1 to 100 printable characters, or none.");
        }

        var begun = NewImport(importer, form, key);
        return await store.BeginAsync(begun, cancellationToken) switch
        {
            null => new ImporterNotFound(),
            { State: not ImportState.Receiving } known => await RepeatAsync(known, importer, form, cancellationToken),
            var import when import.Id == begun.Id => await ProcessAsync(import, importer, form, cancellationToken),
            _ => new ImportInProgress(),
        };
    }

    private async Task<Outcome<ReceivedImport>> RepeatAsync(
        Import import,
        Importer importer,
        UploadForm form,
        CancellationToken cancellationToken
    )
    {
        await SettleAgainAsync(import);
        return
            import.Fingerprint == ""
            || import.Fingerprint == await Fingerprint.OfAsync(form, take.BytesMax, cancellationToken)
            ? new ReceivedImport { Import = import, ImporterKey = importer.Key }
            : new IdempotencyKeyReused();
    }

    private async Task<Outcome<ReceivedImport>> ProcessAsync(
        Import import,
        Importer importer,
        UploadForm form,
        CancellationToken cancellationToken
    )
    {
        var unit = UnitOf(import);
        var isHeld = false;
        Import? finished = null;
        try
        {
            if (await limits.FindBlockAsync(import.UserId, cancellationToken) is { } blocked)
            {
                return blocked;
            }

            // waited for to the end: who leaves while it is made would leave it held
            if (await limits.ReserveAsync(import.UserId, unit, CancellationToken.None) is { } full)
            {
                return full;
            }

            isHeld = true;
            var terms = await limits.ReadAsync(import.UserId, cancellationToken);
            var stored = await take.RunAsync(import, importer, form, terms, cancellationToken);
            if (stored.Refusal is { } refusal)
            {
                return refusal;
            }

            if (!await store.FinishAsync(stored.Value!, importer, cancellationToken))
            {
                return new ImporterNotFound();
            }

            finished = stored.Value!;
            return new ReceivedImport { Import = finished, ImporterKey = importer.Key };
        }
        finally
        {
            await SettleAsync(import, unit, isHeld, finished is not null);
        }
    }

    // whatever happened, and whether or not anybody still waits
    private async Task SettleAsync(Import import, string unit, bool isHeld, bool isFinished)
    {
        if (!isFinished)
        {
            await store.DropAsync(import.Id, CancellationToken.None);
        }

        if (isHeld)
        {
            await (
                isFinished
                    ? limits.CommitAsync(import.UserId, unit, CancellationToken.None)
                    : limits.ReleaseAsync(import.UserId, unit, CancellationToken.None)
            );
        }
    }

    // the first time may have ended between the commit of the import and the count of it
    private async Task SettleAgainAsync(Import import)
    {
        var unit = UnitOf(import);
        if (await limits.ReserveAsync(import.UserId, unit, CancellationToken.None) is null)
        {
            await limits.CommitAsync(import.UserId, unit, CancellationToken.None);
        }
    }

    private Import NewImport(Importer importer, UploadForm form, string key) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            ImporterId = importer.Id,
            UserId = importer.UserId,
            IdempotencyKey = key,
            FileName = form.FileName,
            State = ImportState.Receiving,
            StartedAt = clock.Now,
            TouchedAt = machineTime.GetUtcNow(),
            Columns = [.. importer.Columns.Select(column => column.Key)],
        };

    private async Task<Importer?> FindImporterAsync(string key, CancellationToken cancellationToken)
    {
        if (key.Any(char.IsControl))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Importer>().AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellationToken);
    }

    // not the sender's key: after the import is deleted the same key is another import, and counts again
    private static string UnitOf(Import import) => $"{import.Id:N}";
}

/// <summary>An import, with the key of its importer.</summary>
internal sealed record ReceivedImport
{
    public required Import Import { get; init; }

    public required string ImporterKey { get; init; }

    public Callback? Callback { get; init; }
}

/// <summary>The same upload is coming in at this moment.</summary>
internal sealed record ImportInProgress()
    : Refusal("import_in_progress", 409, "This import is under way.", "Wait for it, or send it under another key.");
