using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ImportCsv.Storage;
using Microsoft.EntityFrameworkCore;

namespace ImportCsv.Imports;

/// <summary>
/// Notifies importers' callbacks of finished imports, at least once: a row is taken with a lease, any number of nodes
/// may, and it is tried again until it is taken or eight attempts are over. Many at once but one of each importer, so
/// that a server which never answers delays nobody else's.
/// </summary>
internal sealed partial class SendCallbacks(
    IDbContextFactory<ImportCsvDb> contexts,
    CallbackHttp http,
    TimeProvider machineTime,
    ILogger<SendCallbacks> log
) : BackgroundService
{
    private const int AttemptsMax = 8;
    private const int AtOnce = 16;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Longer than one attempt takes.</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(1);

    /// <summary>Secrets of the importers whose servers are being notified: each importer has its own.</summary>
    private readonly ConcurrentDictionary<string, bool> sending = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };
        using var timer = new PeriodicTimer(Interval, machineTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Parallel.ForEachAsync(DueAsync(timer, stoppingToken), atOnce, SendAsync);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure); // the database may be away; the next tick tries again
            }
        }
    }

    // does not end
    private async IAsyncEnumerable<Callback> DueAsync(
        PeriodicTimer timer,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        do
        {
            while (await TakeAsync(cancellationToken) is { } callback)
            {
                sending.TryAdd(callback.Secret, true);
                yield return callback;
            }
        } while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<Callback?> TakeAsync(CancellationToken cancellationToken)
    {
        var busy = sending.Keys.ToArray();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = machineTime.GetUtcNow();
        var taken = await db.Set<Callback>()
            .FromSql(
                $"""
                UPDATE importcsv.callbacks SET attempts = attempts + 1, not_before = {now + LeaseLength}
                WHERE import_id = (
                    SELECT import_id FROM importcsv.callbacks WHERE state = 'waiting' AND not_before <= {now}
                        AND secret <> ALL ({busy})
                    ORDER BY not_before LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING *
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return taken is [var callback] ? callback : null;
    }

    private async ValueTask SendAsync(Callback callback, CancellationToken cancellationToken)
    {
        try
        {
            var fault = await http.SendAsync(callback, machineTime.GetUtcNow(), cancellationToken);
            await SettleAsync(callback, fault, cancellationToken);
        }
        finally
        {
            sending.TryRemove(callback.Secret, out _);
        }
    }

    private async Task SettleAsync(Callback callback, string? fault, CancellationToken cancellationToken)
    {
        var state =
            fault is null ? "done"
            : callback.Attempts >= AttemptsMax ? "dead"
            : "waiting";
        var next = machineTime.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(4, callback.Attempts));
        LogSent(callback.ImportId, state, callback.Attempts, fault);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // who took it later has it
        await db.Set<Callback>()
            .Where(row => row.ImportId == callback.ImportId && row.Attempts == callback.Attempts)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(one => one.State, state)
                        .SetProperty(one => one.LastError, fault)
                        .SetProperty(one => one.NotBefore, next),
                cancellationToken
            );
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Callback of import {Import}: {State} ({Attempt}, {Fault})")]
    private partial void LogSent(Guid import, string state, int attempt, string? fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Callbacks could not be sent and will be tried again")]
    private partial void LogFailed(Exception failure);
}
