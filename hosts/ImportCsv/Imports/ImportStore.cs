using System.Text.Json;
using ImportCsv.Csv;
using ImportCsv.Importers;
using ImportCsv.PlanLimits;
using ImportCsv.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Tollgate;

namespace ImportCsv.Imports;

/// <summary>
/// Keeps an import while it comes in: rows go in by the thousand, under an import that nobody sees until it is
/// finished. No connection is held while the sender is waited for.
/// </summary>
internal sealed class ImportStore(
    IDbContextFactory<ImportCsvDb> contexts,
    IPlanLimits limits,
    TollgateOptions options,
    TimeProvider machineTime
)
{
    /// <summary>Whoever received it has been silent for so long that they are gone.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Makes the import, or finds the one that was made under the same key; null when its importer is gone.
    /// </summary>
    public async Task<Import?> BeginAsync(Import import, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stale = machineTime.GetUtcNow() - Silence;
        await Same(db, import)
            .Where(row => row.State == ImportState.Receiving && row.TouchedAt < stale)
            .ExecuteDeleteAsync(cancellationToken);
        if (await Same(db, import).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } known)
        {
            return known;
        }

        db.Add(import);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return import;
        }
        catch (DbUpdateException failure)
            when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // the same upload, twice at once: the other was faster
            return await Same(db, import).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        }
        catch (DbUpdateException failure)
            when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return null; // it was removed since it was read
        }
    }

    /// <summary>
    /// Adds rows, or none: a sign of life all the same. False when the import is gone, as its importer was removed.
    /// </summary>
    /// <param name="line">Of the first of them.</param>
    public async Task<bool> AddAsync(Guid import, int line, CsvText rows, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var csv = new NpgsqlParameter { Value = rows.Written, NpgsqlDbType = NpgsqlDbType.Text };
        // one statement, so that whoever removes the import comes before it or after it
        var touched = await db
            .Database.SqlQuery<int>(
                $"""
                WITH receiving AS (
                    UPDATE importcsv.imports SET touched_at = {machineTime.GetUtcNow()}
                    WHERE id = {import} AND state = 'receiving' RETURNING id
                ), added AS (
                    INSERT INTO importcsv.import_pieces (import_id, line, rows, csv)
                    SELECT id, {line}, {rows.Rows}, {csv} FROM receiving WHERE {rows.Rows} > 0
                )
                SELECT count(*)::int AS "Value" FROM receiving
                """
            )
            .ToListAsync(cancellationToken);
        return touched is [1];
    }

    /// <summary>Shows it, counts it in the user's month and queues the callback: all in one commit.</summary>
    public async Task<bool> FinishAsync(Import import, Importer importer, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await HoldAsync(db, import, cancellationToken))
        {
            return false;
        }

        db.Entry(import).State = EntityState.Modified;
        if (importer.CallbackUrl is { } url)
        {
            db.Add(
                new Callback
                {
                    ImportId = import.Id,
                    Url = url,
                    Secret = importer.CallbackSecret,
                    Body = JsonSerializer.Serialize(CallbackBody.Of(import, importer, options.AppUrl)),
                    State = "waiting",
                    NotBefore = machineTime.GetUtcNow(),
                }
            );
        }

        await db.SaveChangesAsync(cancellationToken);
        if (limits.TracksUsage)
        {
            await CountAsync(db, import, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    // the user first, as whoever erases a user does
    private static async Task<bool> HoldAsync(ImportCsvDb db, Import import, CancellationToken cancellationToken)
    {
        var held = await db
            .Database.SqlQuery<Guid>(
                $"""
                WITH person AS MATERIALIZED (
                    SELECT id FROM importcsv."AspNetUsers" WHERE id = {import.UserId} FOR KEY SHARE
                )
                SELECT import.id AS "Value" FROM person JOIN importcsv.imports import ON import.user_id = person.id
                WHERE import.id = {import.Id} AND import.state = 'receiving' FOR UPDATE OF import
                """
            )
            .ToListAsync(cancellationToken);
        return held is [_];
    }

    /// <summary>Forgets it with all its rows.</summary>
    public async Task DropAsync(Guid import, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Set<Import>()
            .Where(row => row.Id == import && row.State == ImportState.Receiving)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Forgets those whose receiver is gone; answers how many.</summary>
    public async Task<int> DropStaleAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stale = machineTime.GetUtcNow() - Silence;
        return await db.Set<Import>()
            .Where(row => row.State == ImportState.Receiving && row.TouchedAt < stale)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Forgets those that began before, but not the ones that still come in; answers how many.</summary>
    public async Task<int> DropOlderAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Import>()
            .Where(row => row.State != ImportState.Receiving && row.StartedAt < before)
            .DeleteInTurnsAsync(cancellationToken);
    }

    private static Task CountAsync(ImportCsvDb db, Import import, CancellationToken cancellationToken)
    {
        var started = import.StartedAt.UtcDateTime;
        var month = new DateOnly(started.Year, started.Month, 1);
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO importcsv.usage_records AS known
                (user_id, month, imports, rows, max_rows_in_single_import)
            VALUES ({import.UserId}, {month}, 1, {(long)import.Rows}, {import.Rows})
            ON CONFLICT (user_id, month) DO UPDATE SET imports = known.imports + 1,
                rows = known.rows + excluded.rows,
                max_rows_in_single_import =
                    greatest(known.max_rows_in_single_import, excluded.max_rows_in_single_import)
            """,
            cancellationToken
        );
    }

    private static IQueryable<Import> Same(ImportCsvDb db, Import import) =>
        db.Set<Import>()
            .Where(row => row.ImporterId == import.ImporterId && row.IdempotencyKey == import.IdempotencyKey);
}
