using ImportCsv.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate.Hosting;

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
) : DeliveryLoop<Callback>(machineTime)
{
    private const int AttemptsMax = 8;

    /// <summary>Longer than one attempt takes.</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(1);

    /// <summary>By its secret: each importer has its own.</summary>
    protected override string ReceiverOf(Callback delivery) => delivery.Secret;

    protected override void Failed(Exception failure) => LogFailed(failure);

    protected override async Task<Callback?> TakeAsync(string[] busy, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = MachineTime.GetUtcNow();
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

    protected override async Task SendAsync(Callback delivery, CancellationToken cancellationToken)
    {
        var fault = await http.SendAsync(delivery, MachineTime.GetUtcNow(), cancellationToken);
        await SettleAsync(delivery, fault, cancellationToken);
    }

    private async Task SettleAsync(Callback callback, string? fault, CancellationToken cancellationToken)
    {
        var state =
            fault is null ? "done"
            : callback.Attempts >= AttemptsMax ? "dead"
            : "waiting";
        var next = MachineTime.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(4, callback.Attempts));
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
