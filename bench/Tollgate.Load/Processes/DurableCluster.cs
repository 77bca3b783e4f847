using System.Globalization;
using Npgsql;
using Tollgate.Development;

namespace Tollgate.Load.Processes;

/// <summary>A PostgreSQL cluster of the run's own, with fsync on: commits cost what they cost in production.</summary>
internal sealed class DurableCluster : IAsyncDisposable
{
    private readonly string directory;
    private readonly PrivatePostgres server;
    private readonly NpgsqlDataSource administration;
    private int postmaster;

    private DurableCluster(string directory, PrivatePostgres server)
    {
        this.directory = directory;
        this.server = server;
        administration = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
    }

    /// <summary>Of all its processes so far, in microseconds.</summary>
    public double Processor => ProcessorTime.OfTree(postmaster);

    public static async Task<DurableCluster> StartAsync(
        string folder,
        bool countsStatements,
        CancellationToken cancellationToken
    )
    {
        var options = new PrivatePostgresOptions
        {
            Directory = Path.Combine(folder, "postgres"),
            NpmDirectory = Path.Combine(Path.GetTempPath(), "tollgate-load-postgres-binaries"),
            MaxConnections = 400,
        };
        // it takes these only when it starts
        await using (var first = await PrivatePostgres.StartAsync(options, cancellationToken))
        {
            await using var database = NpgsqlDataSource.Create(first.ConnectionString("postgres"));
            string[] settings =
            [
                "shared_buffers = '1GB'",
                "max_wal_size = '8GB'",
                .. countsStatements ? (string[])["shared_preload_libraries = 'pg_stat_statements'"] : [],
            ];
            foreach (var setting in settings)
            {
                await database.RunAsync($"ALTER SYSTEM SET {setting}", cancellationToken);
            }
        }

        var running = await PrivatePostgres.StartAsync(options, cancellationToken);
        var cluster = new DurableCluster(options.Directory, running);
        cluster.postmaster = ProcessorTime.ParentOf(
            await cluster.administration.ReadAsync<int>("SELECT pg_backend_pid()", cancellationToken)
        );
        if (countsStatements)
        {
            await cluster.administration.RunAsync("CREATE EXTENSION pg_stat_statements", cancellationToken);
            await cluster.administration.RunAsync(
                "ALTER SYSTEM SET pg_stat_statements.track_planning = on",
                cancellationToken
            );
            await cluster.administration.RunAsync("SELECT pg_reload_conf()", cancellationToken);
        }

        return cluster;
    }

    /// <summary>Makes a database, and answers how to reach it.</summary>
    public async Task<string> AddDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await server.EnsureDatabaseAsync(name, cancellationToken);
        return server.ConnectionString(name);
    }

    /// <summary>What one contender left for later is not done at the next one's expense.</summary>
    public Task CheckpointAsync(CancellationToken cancellationToken) =>
        administration.RunAsync("CHECKPOINT", cancellationToken);

    public Task<string> DescribeAsync(CancellationToken cancellationToken) =>
        administration.ReadAsync<string>(
            """
            SELECT 'PostgreSQL ' || current_setting('server_version') || ', fsync ' || current_setting('fsync')
                || ', synchronous_commit ' || current_setting('synchronous_commit')
                || ', shared_buffers ' || current_setting('shared_buffers')
                || ', max_wal_size ' || current_setting('max_wal_size')
            """,
            cancellationToken
        );

    public Task ForgetStatementsAsync(CancellationToken cancellationToken) =>
        administration.RunAsync("SELECT pg_stat_statements_reset()", cancellationToken);

    /// <summary>The statements that took most of its time since they were forgotten.</summary>
    public async Task<IReadOnlyList<string>> ReadStatementsAsync(CancellationToken cancellationToken)
    {
        await using var command = administration.CreateCommand(
            """
            SELECT datname || ': ' || round(total_exec_time::numeric) || ' ms in ' || calls || ' calls, '
                || round((total_exec_time / calls)::numeric, 3) || ' ms each, '
                || round(total_plan_time::numeric) || ' ms of planning in ' || plans || ' plans, ' || rows || ' rows, '
                || round(wal_bytes / 1024) || ' kB of WAL: ' || left(regexp_replace(query, '\s+', ' ', 'g'), 160)
            FROM pg_stat_statements JOIN pg_database ON oid = dbid
            WHERE query NOT ILIKE '%pg_stat_statements%' AND query <> 'CHECKPOINT'
            ORDER BY total_exec_time + total_plan_time DESC LIMIT 12
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  {reader.GetString(0)}"));
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await administration.DisposeAsync();
        await server.DisposeAsync();
        await PrivatePostgres.DeleteIfUnusedAsync(directory, CancellationToken.None);
    }
}
