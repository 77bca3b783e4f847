using System.Diagnostics;
using Npgsql;
using Tollgate.Development;

namespace Tollgate.Testing;

/// <summary>
/// A PostgreSQL with a standby that has every commit before it is acknowledged. Both are thrown away at the end.
/// </summary>
public sealed class ReplicatedPostgres : IAsyncDisposable
{
    private readonly PrivatePostgres primary;
    private readonly PrivatePostgres standby;

    private ReplicatedPostgres(PrivatePostgres primary, PrivatePostgres standby)
    {
        this.primary = primary;
        this.standby = standby;
    }

    public int PrimaryPort => primary.Port;

    public int StandbyPort => standby.Port;

    /// <summary>Of a database on the primary; the standby has the same password.</summary>
    public string ConnectionString(string database) => primary.ConnectionString(database);

    public static async Task<ReplicatedPostgres> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"tollgate-pair-{Guid.NewGuid():n}");
        var first = await StartOneAsync($"{folder}-1", cancellationToken);
        await first.DisposeAsync(); // copied while it is stopped
        await RunAsync("cp", ["-a", first.Home, $"{folder}-2"], cancellationToken);
        first = await StartOneAsync($"{folder}-1", cancellationToken);
        var data = Path.Combine($"{folder}-2", "data");
        File.Delete(Path.Combine($"{folder}-2", "port"));
        await File.WriteAllTextAsync(Path.Combine(data, "standby.signal"), "", cancellationToken);
        await File.AppendAllTextAsync(
            Path.Combine(data, "postgresql.auto.conf"),
            $"primary_conninfo = '{ConnectionInfo(first)}'\n",
            cancellationToken
        );
        var second = await StartOneAsync($"{folder}-2", cancellationToken);
        var pair = new ReplicatedPostgres(first, second);
        await AskAsync(first, "ALTER SYSTEM SET synchronous_standby_names = '*'", cancellationToken);
        await AskAsync(first, "SELECT pg_reload_conf()", cancellationToken);
        await Eventually.Async(
            async () =>
                await AskAsync(
                    first,
                    "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'",
                    cancellationToken
                )
                    is 1L,
            ct: cancellationToken,
            what: "the standby to follow"
        );
        return pair;
    }

    public Task MakeDatabaseAsync(string name, CancellationToken cancellationToken) =>
        primary.EnsureDatabaseAsync(name, cancellationToken);

    /// <summary>kill -9 of the primary, and the standby takes its place.</summary>
    public async Task FailOverAsync(CancellationToken cancellationToken)
    {
        var pid = await File.ReadAllLinesAsync(Path.Combine(primary.Home, "data", "postmaster.pid"), cancellationToken);
        using (var postmaster = Process.GetProcessById(int.Parse(pid[0])))
        {
            postmaster.Kill();
        }

        await AskAsync(standby, "SELECT pg_promote()", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in new[] { primary, standby })
        {
            await one.DisposeAsync();
            await PrivatePostgres.DeleteIfUnusedAsync(one.Home, CancellationToken.None);
        }
    }

    private static Task<PrivatePostgres> StartOneAsync(string folder, CancellationToken cancellationToken) =>
        PrivatePostgres.StartAsync(
            new PrivatePostgresOptions
            {
                Directory = folder,
                ThrowAway = true,
                NpmDirectory = Path.Combine(StateDirectory.Find(AppContext.BaseDirectory), "postgres-binaries"),
            },
            cancellationToken
        );

    private static string ConnectionInfo(PrivatePostgres server)
    {
        var known = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres"));
        return $"host={known.Host} port={known.Port} user={known.Username} password={known.Password}";
    }

    private static async Task<object?> AskAsync(PrivatePostgres server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }
}
