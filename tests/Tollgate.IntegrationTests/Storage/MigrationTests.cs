using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Tollgate.IntegrationTests.Library;
using Tollgate.Storage;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Storage;

public sealed class MigrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const string Rows = """
        INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
            VALUES ('cus_1', 'acme', clock_timestamp()), ('sub_1', 'acme', clock_timestamp()),
                ('cus_2', 'globex', clock_timestamp());
        INSERT INTO billing.accounts (account_id, name, billing_email, created_at, stripe_customer_id)
            VALUES ('acme', 'Acme', 'billing@acme.test', clock_timestamp(), 'cus_1'),
                ('globex', 'Globex', 'billing@globex.test', clock_timestamp(), NULL);
        INSERT INTO billing.subscriptions (account_id, plan, subscription_id, status, entitlements, version)
            VALUES ('acme', 'team', 'sub_1', 'active', ARRAY[]::text[], 1);
        INSERT INTO billing.meters (account_id, meter, window_group, used, reserved)
            VALUES ('acme', 'fix', 'free_tier', 5, 0);
        """;

    [Fact]
    public async Task Every_migration_goes_up_and_down_again_with_rows_in_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = new TollgateDb(TollgateDbOptions.For(database.ConnectionString));
        var migrations = db.Database.GetMigrations().ToList();
        await db.Database.MigrateAsync(Token);
        await db.Database.ExecuteSqlRawAsync(Rows, Token);

        foreach (var migration in migrations.AsEnumerable().Reverse().Skip(1).Append("0"))
        {
            await db.Database.MigrateAsync(migration, Token);
        }

        Assert.Equal(
            ["PK_migrations", "migrations"],
            await db
                .Database.SqlQueryRaw<string>(
                    """
                    SELECT relname::text AS "Value" FROM pg_class WHERE relnamespace = 'billing'::regnamespace
                    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'billing'::regnamespace
                    """
                )
                .OrderBy(name => name)
                .ToListAsync(Token)
        );
        await db.Database.MigrateAsync(Token);
        await db.Database.ExecuteSqlRawAsync(Rows, Token);
    }

    [Fact]
    public async Task Some_migrations_go_back_with_the_rows_that_stay_and_the_view_answers_again_when_they_return()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog, LaterRelease.Add);
        var reader = $"reader_{Guid.NewGuid():n}";
        await ExecuteAsync(app, $"CREATE ROLE {reader}; GRANT SELECT ON public.later TO {reader}");
        var migrations = await app.QueryAsync<long>("SELECT count(*) FROM billing.migrations");

        var (code, output) = await app.CommandAsync("migrate", "down", "--steps", "1", "--yes");
        Assert.True(code == 0, output);
        Assert.Equal(
            [$"missing  {LaterRelease.Id}"],
            output.Split('\n').Where(line => line.StartsWith("missing", StringComparison.Ordinal))
        );
        Assert.Equal(migrations - 1, await app.QueryAsync<long>("SELECT count(*) FROM billing.migrations"));
        Assert.Equal(1L, await app.QueryAsync<long>("SELECT count(*) FROM billing.accounts"));
        await Assert.ThrowsAsync<PostgresException>(() => app.QueryAsync<string>("SELECT name FROM public.later"));

        // all that there are is not some
        (code, output) = await app.CommandAsync("migrate", "down", "--steps", $"{migrations - 1}", "--yes");
        Assert.Equal(1, code);
        Assert.Contains("Without --steps all are taken back.", output, StringComparison.Ordinal);
        Assert.Equal(1L, await app.QueryAsync<long>("SELECT count(*) FROM billing.accounts"));

        Assert.Equal(0, (await app.CommandAsync("migrate", "up")).Code);
        Assert.Equal("Acme", await app.QueryAsync<string>("SELECT name FROM public.later"));
        Assert.True(await app.QueryAsync<bool>($"SELECT has_table_privilege('{reader}', 'public.later', 'SELECT')"));
        await ExecuteAsync(app, $"DROP OWNED BY {reader}; DROP ROLE {reader}");
    }

    [Fact]
    public async Task Nodes_that_start_at_once_migrate_one_after_the_other()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var contexts = new PooledDbContextFactory<TollgateDb>(TollgateDbOptions.For(database.ConnectionString));
        var view = new ContractView("public.tenants", "SELECT account_id FROM billing.accounts");

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Task.Run(() => new MigrateDatabase(contexts, source, [view], []).RunAsync(Token)))
        );

        await using var read = source.CreateCommand("SELECT count(*) FROM public.tenants");
        Assert.Equal(0L, await read.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task The_model_has_no_change_without_a_migration()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = new TollgateDb(TollgateDbOptions.For(database.ConnectionString));

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Theory]
    [InlineData("UPDATE billing.subscriptions SET subscription_id = NULL", "subscriptions_paid_plan_has_subscription")]
    [InlineData("UPDATE billing.subscriptions SET plan = NULL", "subscriptions_active_is_not_free")]
    [InlineData("UPDATE billing.subscriptions SET status = 'trialing'", "subscriptions_status_of_contract")]
    [InlineData(
        "UPDATE billing.accounts SET stripe_customer_id = 'cus_1' WHERE account_id = 'globex'",
        "accounts_customer_is_theirs"
    )]
    [InlineData(
        "INSERT INTO billing.subscriptions (account_id, plan, subscription_id, entitlements, version) "
            + "VALUES ('globex', 'team', 'sub_1', ARRAY[]::text[], 1)",
        "subscriptions_subscription_is_theirs"
    )]
    [InlineData("UPDATE billing.meters SET used = -1", "used")]
    [InlineData("UPDATE billing.meters SET reserved = -1", "reserved")]
    public async Task The_database_itself_refuses(string statement, string constraint)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = new TollgateDb(TollgateDbOptions.For(database.ConnectionString));
        await db.Database.MigrateAsync(Token);
        await db.Database.ExecuteSqlRawAsync(Rows, Token);

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(statement, connection);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Token));
        Assert.Contains(constraint, refused.ConstraintName, StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(LibraryApp app, string sql)
    {
        await using var command = app.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
