using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Npgsql;
using Tollgate.Development;
using Tollgate.Development.Postgres;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Development;

public sealed class PrivatePostgresTests : IAsyncLifetime
{
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"tollgate-pg-{Guid.NewGuid():n}", "postgres");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await PrivatePostgres.DeleteIfUnusedAsync(directory, CancellationToken.None);
        Directory.Delete(Path.GetDirectoryName(directory)!, recursive: true);
    }

    [Fact]
    public async Task Restart_keeps_the_data_and_the_port()
    {
        int port;
        await using (var first = await StartAsync())
        {
            port = first.Port;
            await first.EnsureDatabaseAsync("app", Ct);
            await ExecuteAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        await using var second = await StartAsync();

        await second.EnsureDatabaseAsync("app", Ct);
        Assert.Equal(42, await ExecuteAsync(second, "SELECT answer FROM kept"));
        Assert.Equal(port, second.Port);
    }

    [Fact]
    public async Task Port_taken_by_another_program_is_left_to_it()
    {
        int port;
        await using (var first = await StartAsync())
            port = first.Port;
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        await using var second = await StartAsync();

        Assert.NotEqual(port, second.Port);
        Assert.Equal(1, await ExecuteAsync(second, "SELECT 1", "postgres"));
    }

    [Fact]
    public async Task Only_the_last_user_stops_the_server()
    {
        var users = await Task.WhenAll(StartAsync(), StartAsync(), StartAsync());
        Assert.Single(users.Select(user => user.Port).Distinct());

        await users[0].DisposeAsync();
        await users[1].DisposeAsync();
        // a second time is no second leave
        await users[1].DisposeAsync();
        Assert.Equal(1, await ExecuteAsync(users[2], "SELECT 1", "postgres"));

        await users[2].DisposeAsync();
        Assert.Null(Postmaster.Find(Files(users[2])));
    }

    [Fact]
    public async Task Cluster_in_use_is_not_deleted()
    {
        await using var user = await StartAsync();

        Assert.False(await PrivatePostgres.DeleteIfUnusedAsync(directory, Ct));

        Assert.Equal(1, await ExecuteAsync(user, "SELECT 1", "postgres"));
    }

    // the lock goes with the folder, so that the second is let in while the first still deletes
    [Fact]
    public async Task Several_who_delete_the_same_leave_nothing_and_none_fails()
    {
        for (var round = 0; round < 5; round++)
        {
            foreach (var number in Enumerable.Range(0, 300))
                Directory.CreateDirectory(Path.Combine(directory, "data", $"{number}", "deeper"));

            var all = Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(() => PrivatePostgres.DeleteIfUnusedAsync(directory, Ct), Ct));
            await Task.WhenAll(all);

            Assert.False(Directory.Exists(Path.Combine(directory, "data")));
        }
    }

    [Fact]
    public async Task Pid_file_of_a_killed_postmaster_does_not_stop_the_next_start()
    {
        await using var user = await StartAsync();
        await user.EnsureDatabaseAsync("app", Ct);
        await ExecuteAsync(user, "CREATE TABLE kept AS SELECT 42 AS answer");
        Kill(Postmaster.Find(Files(user))!.ProcessId);
        await Eventually.Async(() => Postmaster.Find(Files(user)) is null, ct: Ct, what: "the postmaster to be dead");
        Assert.True(File.Exists(Files(user).PostmasterPid));

        await using var next = await StartAsync();

        Assert.Equal(42, await ExecuteAsync(next, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Pid_file_that_names_an_unrelated_process_does_not_stop_the_next_start()
    {
        ClusterFiles files;
        await using (var first = await StartAsync())
            files = Files(first);
        await File.WriteAllTextAsync(
            files.PostmasterPid,
            $"{Environment.ProcessId}\n{files.Data}\n1\n1\n\n\n\nready\n",
            Ct
        );

        await using var next = await StartAsync();

        Assert.Equal(1, await ExecuteAsync(next, "SELECT 1", "postgres"));
    }

    [Fact]
    public async Task Interrupted_first_start_is_begun_anew()
    {
        var unfinished = Path.Combine(directory, "data.new");
        Directory.CreateDirectory(unfinished);
        await File.WriteAllTextAsync(Path.Combine(unfinished, "half"), "", Ct);

        await using var user = await StartAsync();

        Assert.Equal(1, await ExecuteAsync(user, "SELECT 1", "postgres"));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Nobody_gets_in_without_the_password()
    {
        await using var user = await StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(user.ConnectionString("postgres")) { Password = "guess" };

        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Ct));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        var mode = File.GetUnixFileMode(Files(user).Password);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public async Task Missing_binaries_are_one_clear_line()
    {
        var options = new PrivatePostgresOptions { Directory = directory, Binaries = "/no/such/folder" };

        var error = await Assert.ThrowsAsync<DevelopmentException>(() => PrivatePostgres.StartAsync(options, Ct));

        Assert.StartsWith("TOLLGATE_POSTGRES_BIN: '/no/such/folder' has no initdb", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Cluster_of_another_major_version_is_not_opened()
    {
        ClusterFiles files;
        await using (var first = await StartAsync())
            files = Files(first);
        await File.WriteAllTextAsync(Path.Combine(files.Data, "PG_VERSION"), "9\n", Ct);

        var error = await Assert.ThrowsAsync<DevelopmentException>(StartAsync);

        Assert.Contains("made by PostgreSQL 9", error.Message);
    }

    private Task<PrivatePostgres> StartAsync() =>
        PrivatePostgres.StartAsync(
            new PrivatePostgresOptions
            {
                Directory = directory,
                ThrowAway = true,
                NpmDirectory = Path.Combine(StateDirectory.Find(AppContext.BaseDirectory), "postgres-binaries"),
            },
            Ct
        );

    private static ClusterFiles Files(PrivatePostgres cluster) => new(cluster.Home);

    private static async Task<object?> ExecuteAsync(PrivatePostgres cluster, string sql, string database = "app")
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct);
    }

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }
}
