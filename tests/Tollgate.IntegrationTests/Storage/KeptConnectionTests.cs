using Npgsql;
using Tollgate.Storage;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Storage;

/// <summary>Flushes that come one after the other meet one server process, and never one that is gone.</summary>
public sealed class KeptConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flushes_meet_the_same_server_process_and_plans_that_are_made_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pool = NpgsqlDataSource.Create(database.ConnectionString);
        await using (await pool.OpenConnectionAsync(Token))
        await using (await pool.OpenConnectionAsync(Token))
        {
            // two connections wait in the pool, which hands them out in turns
        }

        await using var kept = new KeptConnection(pool);

        Assert.Single(new HashSet<int>([await ProcessAsync(kept), await ProcessAsync(kept), await ProcessAsync(kept)]));
        Assert.Equal("force_generic_plan", await ReadAsync<string>(kept, "SHOW plan_cache_mode"));
        await kept.DisposeAsync();
        await using var other = pool.CreateCommand("SHOW plan_cache_mode");
        Assert.Equal("auto", await other.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task A_connection_that_broke_while_nobody_used_it_fails_no_flush()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pool = NpgsqlDataSource.Create(database.ConnectionString);
        await using var kept = new KeptConnection(pool);
        var first = await ProcessAsync(kept);
        await using (var end = pool.CreateCommand($"SELECT pg_terminate_backend({first})"))
        {
            await end.ExecuteNonQueryAsync(Token);
        }

        Assert.NotEqual(first, await ProcessAsync(kept));
        Assert.Equal("force_generic_plan", await ReadAsync<string>(kept, "SHOW plan_cache_mode"));
    }

    [Fact]
    public async Task What_the_database_refuses_is_not_tried_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pool = NpgsqlDataSource.Create(database.ConnectionString);
        await using var kept = new KeptConnection(pool);
        await ProcessAsync(kept);
        var tries = 0;

        await Assert.ThrowsAsync<PostgresException>(() =>
            kept.RunAsync(
                batch =>
                {
                    tries++;
                    batch.Add("SELECT 1 / 0");
                    return batch.ExecuteScalarAsync(Token);
                },
                Token
            )
        );

        Assert.Equal(1, tries);
    }

    private static Task<int> ProcessAsync(KeptConnection kept) => ReadAsync<int>(kept, "SELECT pg_backend_pid()");

    private static Task<T> ReadAsync<T>(KeptConnection kept, string sql) =>
        kept.RunAsync(
            async batch =>
            {
                batch.Add(sql);
                return (T)(await batch.ExecuteScalarAsync(Token))!;
            },
            Token
        );
}
