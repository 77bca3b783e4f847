using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Simulation.Schedule;
using Tollgate.Storage;
using Tollgate.Testing;

namespace Tollgate.Simulation.World;

/// <summary>
/// A database that simulated worlds use one after another. Its <c>clock_timestamp()</c> is a function of the
/// simulation's own that stands in front of PostgreSQL's, so that leases and waits run out by simulated time alone.
/// </summary>
internal sealed class WorldDatabase : IAsyncDisposable
{
    private readonly TestDatabase database;

    private WorldDatabase(TestDatabase database, string text, Mutant? mutant)
    {
        this.database = database;
        Mutant = mutant;
        Plain = NpgsqlDataSource.Create(text);
        Nodes = [Watched(text), Watched(text)];
    }

    /// <summary>For the simulation's own reads; no points.</summary>
    public NpgsqlDataSource Plain { get; }

    /// <summary>One for each node.</summary>
    public IReadOnlyList<NpgsqlDataSource> Nodes { get; }

    /// <summary>What is wrong with the product that runs on it; null for the product as it is.</summary>
    public Mutant? Mutant { get; }

    public static async Task<WorldDatabase> CreateAsync(Mutant? mutant = null)
    {
        var own = await TestDatabase.CreateAsync(PrepareAsync);
        var text = new NpgsqlConnectionStringBuilder(own.ConnectionString)
        {
            SearchPath = "simulation,pg_catalog,public",
            MaxPoolSize = 40,
        };
        var made = new WorldDatabase(own, text.ConnectionString, mutant);
        foreach (var source in made.Nodes)
        {
            // the first connection asks PostgreSQL for its types, and others wait for it
            await using var warm = await source.OpenConnectionAsync();
        }

        if (mutant is { Sql: { Length: > 0 } sql })
        {
            await using var mutate = made.Plain.CreateCommand(sql);
            await mutate.ExecuteNonQueryAsync();
        }

        return made;
    }

    /// <summary>As after the first start, at this time.</summary>
    public async Task EmptyAsync(DateTimeOffset now)
    {
        await using var command = Plain.CreateCommand(
            """
            DO $$ DECLARE emptied text; BEGIN
                SET LOCAL session_replication_role = replica;
                FOR emptied IN SELECT tablename FROM pg_tables
                    WHERE schemaname = 'billing' AND tablename NOT IN ('migrations', 'inbox_payloads_other')
                LOOP EXECUTE 'DELETE FROM billing.' || quote_ident(emptied); END LOOP;
                UPDATE simulation.clock SET moment = 'MOMENT';
                INSERT INTO billing.stripe_read_budget (tokens, refilled_at) VALUES (0, 'MOMENT');
            END $$
            """.Replace("MOMENT", now.ToString("O"), StringComparison.Ordinal)
        );
        await command.ExecuteNonQueryAsync();
    }

    public void SetClock(DateTimeOffset now)
    {
        using var command = Plain.CreateCommand("UPDATE simulation.clock SET moment = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in Nodes)
        {
            await source.DisposeAsync();
        }

        await Plain.DisposeAsync();
        await database.DisposeAsync();
    }

    private static NpgsqlDataSource Watched(string text) =>
        new NpgsqlDataSourceBuilder(text).UseLoggerFactory(new SqlPoints()).Build();

    // Once for all: Tollgate's own migrations, then the clock in front of PostgreSQL's.
    private static async Task PrepareAsync(string text)
    {
        await using var source = NpgsqlDataSource.Create(text);
        await using (
            var services = new ServiceCollection()
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
                .AddSingleton(source)
                .AddLogging()
                .AddTollgate(SimulatedPlans.Catalog)
                .BuildServiceProvider()
        )
        {
            await services.GetRequiredService<MigrateDatabase>().RunAsync(CancellationToken.None);
        }

        await using var command = source.CreateCommand(
            """
            CREATE SCHEMA simulation;
            CREATE TABLE simulation.clock AS SELECT pg_catalog.clock_timestamp() AS moment;
            CREATE FUNCTION simulation.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
                AS 'SELECT moment FROM simulation.clock'
            """
        );
        await command.ExecuteNonQueryAsync();
    }
}
