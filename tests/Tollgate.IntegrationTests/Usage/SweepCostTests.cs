using Npgsql;
using Tollgate.Storage;
using Tollgate.Testing;
using Tollgate.Usage;
using static Tollgate.IntegrationTests.Usage.MeterNodes;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>The hourly reset costs what is due, however many accounts there are.</summary>
public sealed class SweepCostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sweep_reads_what_is_due_and_not_the_whole_table()
    {
        const int due = 1200;
        await using var nodes = await MeterNodes.CreateAsync();
        await nodes
            .Database.CreateCommand(
                $"""
                INSERT INTO billing.meters (account_id, meter, window_group, window_ends_at, window_no, used)
                SELECT 't' || n, 'fix', 'free_tier',
                    @start + CASE WHEN n % 50 = 0 AND n < {50 * due} THEN -1 ELSE 1 END * interval '1 day', 1, 1
                FROM generate_series(0, 99999) n
                """
            )
            .With("start", Start)
            .RunAsync(Token);
        await nodes.Database.CreateCommand("VACUUM ANALYZE billing.meters").RunAsync(Token);
        var before = await SequentialScansAsync();
        // as a node sweeps that has swept often: by a plan that was made for any time
        var settings = new NpgsqlConnectionStringBuilder(nodes.ConnectionString)
        {
            Options = "-c plan_cache_mode=force_generic_plan",
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 1,
        };
        await using (var node = NpgsqlDataSource.Create(settings.ConnectionString))
        {
            Assert.Equal(due, await ResetWindows.ResetAsync(node, MeterNodes.Catalog, Start, () => { }, Token));
            Assert.Equal(0, await ResetWindows.ResetAsync(node, MeterNodes.Catalog, Start, () => { }, Token));
        }

        Assert.Equal(before, await SequentialScansAsync());

        // a server process reports what it read when it ends
        async Task<long> SequentialScansAsync()
        {
            await using var alone = NpgsqlDataSource.Create($"{nodes.ConnectionString};Pooling=false");
            await Eventually.Async(
                async () =>
                    await alone
                        .CreateCommand(
                            """
                            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                                AND pid <> pg_backend_pid() AND query LIKE '%ended%'
                            """
                        )
                        .ReadAsync(row => row.GetInt64(0), Token)
                        is [0],
                ct: Token,
                what: "no sweeping server process is left"
            );
            var counted = await alone
                .CreateCommand("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'meters'")
                .ReadAsync(row => row.GetInt64(0), Token);
            return counted.Single();
        }
    }
}
