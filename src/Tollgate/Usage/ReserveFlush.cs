using Npgsql;
using Tollgate.Catalog;
using Tollgate.Storage;

namespace Tollgate.Usage;

/// <summary>
/// Reserves for many callers in one transaction: one round trip makes, locks and reads what they need, the ledger
/// decides, a second one writes. Any number of nodes flush at once; the rows' locks put them in line.
/// </summary>
internal sealed class ReserveFlush(NpgsqlDataSource database, PlanCatalog catalog, MeterOptions options)
{
    public async Task<IReadOnlyList<ReserveAnswer>> RunAsync(
        IReadOnlyList<ReserveCall> calls,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var ledger = await LoadAsync(connection, transaction, calls, cancellationToken);
        ReserveAnswer[] answers = [.. calls.Select(ledger.Reserve)];
        await SaveAsync(connection, transaction, ledger, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return answers;
    }

    private async Task<FlushLedger> LoadAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<ReserveCall> calls,
        CancellationToken cancellationToken
    )
    {
        MeterKey[] wanted =
        [
            .. calls
                .SelectMany(call => call.GroupMeters.Select(meter => new MeterKey(call.Meter.Account, meter)))
                .Distinct(),
        ];
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.AddEnsureRows(wanted, catalog);
        batch.AddLockRows(wanted);
        batch.AddExpire(wanted, calls.Max(call => call.Now));
        batch.AddFind([.. calls.Select(call => call.Id).Distinct()]);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = await reader.ReadNextAsync(MeterStatements.Read, cancellationToken);
        var expired = await reader.ReadNextAsync(ReservationStatements.Read, cancellationToken);
        var found = await reader.ReadNextAsync(ReservationStatements.Read, cancellationToken);
        var ledger = new FlushLedger(rows, found);
        ledger.Expire(expired);
        return ledger;
    }

    private async Task SaveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        FlushLedger ledger,
        CancellationToken cancellationToken
    )
    {
        MeterRow[] rows = [.. ledger.ChangedRows];
        LedgerEntry[] leases = [.. ledger.ChangedEntries];
        if (rows is [] && leases is [])
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.AddSaveWindows(rows, catalog);
        batch.AddLease(leases, options.LeaseLength);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
