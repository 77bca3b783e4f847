using Npgsql;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Testing;

public sealed class TestDatabaseTests
{
    private static int migrations;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_test_gets_its_own_copy_of_a_template_that_is_migrated_once()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestDatabase.CreateAsync(MigrateAsync)));
        await ExecuteAsync(databases[0], "INSERT INTO things VALUES (2)");

        Assert.Equal(1, migrations);
        Assert.Equal(2L, await ExecuteAsync(databases[0], "SELECT count(*) FROM things"));
        Assert.Equal(1L, await ExecuteAsync(databases[3], "SELECT count(*) FROM things"));
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task Disposed_database_is_gone_even_with_a_connection_open()
    {
        var database = await TestDatabase.CreateAsync();
        await using var open = new NpgsqlConnection(database.ConnectionString);
        await open.OpenAsync(Ct);

        await database.DisposeAsync();

        await using var late = new NpgsqlConnection(database.ConnectionString);
        var gone = await Assert.ThrowsAsync<PostgresException>(() => late.OpenAsync(Ct));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, gone.SqlState);
    }

    [Fact]
    public async Task Condition_that_never_holds_fails_with_its_text()
    {
        var never = false;

        var failure = await Assert.ThrowsAsync<TimeoutException>(() =>
            Eventually.Async(() => never, TimeSpan.FromMilliseconds(50), Ct)
        );

        Assert.Equal("waited 0.05 s in vain for: () => never", failure.Message);
    }

    [Fact]
    public void Ports_are_not_given_twice() =>
        Assert.Equal(50, Enumerable.Range(0, 50).Select(_ => FreePort.Next()).Distinct().Count());

    // leaves a connection in a pool, as migrations do
    private static async Task MigrateAsync(string connectionString)
    {
        Interlocked.Increment(ref migrations);
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("CREATE TABLE things AS SELECT 1 AS id");
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ExecuteAsync(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }
}
