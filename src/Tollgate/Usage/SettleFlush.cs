using Npgsql;
using Tollgate.Catalog;
using Tollgate.Outbox;
using Tollgate.Storage;

namespace Tollgate.Usage;

/// <summary>
/// Commits and releases for many callers in one transaction, under the same locks as <see cref="ReserveFlush"/>.
/// </summary>
internal sealed class SettleFlush(NpgsqlDataSource database, PlanCatalog catalog, MeterOptions options)
{
    /// <summary>Null for a call that names no reservation.</summary>
    public async Task<IReadOnlyList<SettleResult?>> RunAsync(
        IReadOnlyList<SettleCall> calls,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var ledger = await LoadAsync(connection, transaction, calls, cancellationToken);
        SettleResult?[] answers = [.. calls.Select(call => ledger.Settle(call, options.ReleasesPerDay))];
        await SaveAsync(connection, transaction, ledger, cancellationToken);
        await QueueNoticesAsync(connection, transaction, ledger, calls.Max(call => call.Now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return answers;
    }

    private static async Task<FlushLedger> LoadAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<SettleCall> calls,
        CancellationToken cancellationToken
    )
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.AddLockRows([.. calls.Select(call => call.Id.Meter).Distinct()]);
        batch.AddFind([.. calls.Select(call => call.Id).Distinct()]);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = await reader.ReadNextAsync(MeterStatements.Read, cancellationToken);
        var found = await reader.ReadNextAsync(ReservationStatements.Read, cancellationToken);
        return new FlushLedger(rows, found);
    }

    private async Task QueueNoticesAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        FlushLedger ledger,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (options.NotifyAtPercent is [])
        {
            return;
        }

        foreach (var (before, after) in ledger.Changes)
        {
            UsageReached[] reached = [.. UsageMarks.Between(before, after, catalog, options.NotifyAtPercent, now)];
            await EffectOutbox.AddAsync(connection, transaction, after.Id.Account, reached, now, cancellationToken);
        }
    }

    private static async Task SaveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        FlushLedger ledger,
        CancellationToken cancellationToken
    )
    {
        LedgerEntry[] settled = [.. ledger.ChangedEntries];
        if (settled is [])
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.AddSaveCounters([.. ledger.ChangedRows]);
        batch.AddSettle(settled);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
