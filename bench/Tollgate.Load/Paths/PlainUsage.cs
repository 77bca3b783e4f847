using System.Globalization;
using Npgsql;
using Tollgate.Load.Plain;
using Tollgate.Load.Processes;

namespace Tollgate.Load.Paths;

/// <summary>
/// What somebody would write instead: one conditional UPDATE that inserts the reservation with it, and one that settles
/// it, each from a connection of a pool.
/// </summary>
internal sealed class PlainUsage(NpgsqlDataSource database, int tenants)
{
    private const string Reserve = """
        WITH granted AS (
            UPDATE meters SET reserved = reserved + 1
            WHERE account = $1 AND used + reserved < usage_limit
            RETURNING account
        )
        INSERT INTO reservations (account, key, state, leased_until)
        SELECT account, $2, 'reserved', clock_timestamp() + interval '1 hour' FROM granted
        """;
    private const string Commit = """
        WITH settled AS (
            UPDATE reservations SET state = 'committed' WHERE account = $1 AND key = $2 AND state = 'reserved'
            RETURNING account
        )
        UPDATE meters SET used = used + 1, reserved = reserved - 1 FROM settled WHERE meters.account = settled.account
        """;

    private readonly string[] accounts =
    [
        .. Enumerable.Range(0, tenants).Select(i => string.Create(CultureInfo.InvariantCulture, $"load-{i}")),
    ];

    public static Task MakeAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        database.RunAsync(PlainTables.Usage, cancellationToken);

    public Task ReserveAsync(long call) => RunAsync(Reserve, call);

    public Task CommitAsync(long call) => RunAsync(Commit, call);

    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        await database.RunAsync(
            $"""
            DELETE FROM reservations WHERE key LIKE 'run-%';
            INSERT INTO meters (account, usage_limit)
            SELECT 'load-' || tenant, 1000000000 FROM generate_series(0, {UsagePaths.TenantsMax - 1}) tenant
            ON CONFLICT (account) DO UPDATE SET used = 0, reserved = 0;
            INSERT INTO reservations (account, key, state, leased_until)
            SELECT 'load-' || run % {UsagePaths.TenantsMax}, 'past-' || run, 'committed', clock_timestamp()
            FROM generate_series(1, {UsagePaths.PastRuns}) run
            ON CONFLICT (account, key) DO NOTHING;
            """,
            cancellationToken
        );
        await database.RunAsync("VACUUM ANALYZE meters, reservations", cancellationToken);
    }

    public async Task HoldAsync(long count, CancellationToken cancellationToken)
    {
        await ClearAsync(cancellationToken);
        await database.RunAsync(
            $"""
            INSERT INTO reservations (account, key, state, leased_until)
            SELECT 'load-' || call % {tenants}, 'run-' || call, 'reserved', clock_timestamp() + interval '1 hour'
            FROM generate_series(0, {count - 1}) call;
            UPDATE meters SET reserved = held.count
            FROM (SELECT account, count(*) FROM reservations
                WHERE state = 'reserved' GROUP BY account) held
            WHERE meters.account = held.account;
            """,
            cancellationToken
        );
        await database.RunAsync("VACUUM ANALYZE meters, reservations", cancellationToken);
    }

    public async Task<string?> FindReserveFaultAsync(long granted, CancellationToken cancellationToken)
    {
        var counted = await SumAsync("reserved", cancellationToken);
        var held = await database.ReadAsync<long>(
            "SELECT count(*) FROM reservations WHERE state = 'reserved'",
            cancellationToken
        );
        return Exactness.OfReserves(granted, counted, held);
    }

    public async Task<string?> FindCommitFaultAsync(long held, long committed, CancellationToken cancellationToken)
    {
        var used = await SumAsync("used", cancellationToken);
        var reserved = await SumAsync("reserved", cancellationToken);
        return Exactness.OfCommits(committed, held, used, reserved);
    }

    private async Task RunAsync(string sql, long call)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(accounts[call % accounts.Length]);
        command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"run-{call}"));
        if (await command.ExecuteNonQueryAsync() != 1)
        {
            throw new InvalidOperationException("A plain statement was refused below the limit.");
        }
    }

    private Task<long> SumAsync(string column, CancellationToken cancellationToken) =>
        database.ReadAsync<long>($"SELECT sum({column}) FROM meters", cancellationToken);
}
