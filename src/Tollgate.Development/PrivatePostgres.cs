using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Npgsql;
using Tollgate.Development.Postgres;

namespace Tollgate.Development;

/// <summary>
/// A PostgreSQL cluster of one's own in one folder: made at the first start, found running by the next process, stopped
/// by the last one that leaves. A process that was killed leaves the server running, and the next start finds it.
/// </summary>
public sealed partial class PrivatePostgres : IAsyncDisposable
{
    private const string DuplicateDatabase = "42P04";
    private const string UniqueViolation = "23505";
    private readonly ClusterLocks clusterLocks;
    private readonly ClusterFiles clusterFiles;
    private readonly string superuserPassword;
    private LockFile? myUse;

    private PrivatePostgres(ClusterLocks locks, LockFile use, ClusterFiles files, int port, string password)
    {
        clusterLocks = locks;
        myUse = use;
        clusterFiles = files;
        superuserPassword = password;
        Port = port;
    }

    /// <summary>On 127.0.0.1; the same at every start as long as nobody else takes it.</summary>
    public int Port { get; }

    /// <summary>The folder that really holds data, log and password.</summary>
    public string Home => clusterFiles.Home;

    /// <exception cref="DevelopmentException">The machine does not allow it; one line that says what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions options, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            throw new DevelopmentException("a private PostgreSQL needs Linux: set ConnectionStrings__Tollgate");
        var directory = CheckedPath(options.Directory);
        var locks = new ClusterLocks(directory);
        using var alone = await locks.StartOrStopAsync(ct);
        var use = locks.Use();
        try
        {
            var existing = ClusterHome.Find(directory) is { } home ? new ClusterFiles(home).Data : null;
            var account = await ServerAccount.FindAsync(existing, ct);
            var files = new ClusterFiles(await ClusterHome.PrepareAsync(directory, account, ct));
            var server =
                await Postmaster.FindReadyAsync(files, ct) ?? await StartServerAsync(files, account, options, ct);
            var password = await ReadPasswordAsync(files, ct);
            return new PrivatePostgres(locks, use, files, server.Port, password);
        }
        catch
        {
            use.Dispose();
            await StopUnusedAsync(directory, locks);
            throw;
        }
    }

    /// <summary>
    /// Deletes the cluster of a folder, stopped if it runs. False, and nothing done, while a process uses it.
    /// </summary>
    public static async Task<bool> DeleteIfUnusedAsync(string directory, CancellationToken ct)
    {
        directory = Path.GetFullPath(directory);
        if (!OperatingSystem.IsLinux() || ClusterHome.Find(directory) is not { } home)
            return true;
        var locks = new ClusterLocks(directory);
        using var alone = await locks.StartOrStopAsync(ct);
        using var unused = locks.TryAlone();
        if (unused is null)
            return false;
        await Postmaster.StopAsync(new ClusterFiles(home), ct);
        DeleteTree(home);
        DeleteTree(directory);
        return true;
    }

    // The locks go with the folder, so that another process may be deleting the same: what it was first at is done.
    private static void DeleteTree(string directory)
    {
        while (Directory.Exists(directory))
        {
            try
            {
                Directory.Delete(directory, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // some of it is gone already; the rest is checked anew
            }
        }
    }

    /// <summary>For the superuser of this cluster; holds the password.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = "postgres",
            Password = superuserPassword,
            Database = database,
            SslMode = SslMode.Disable,
        }.ConnectionString;

    /// <summary>Makes the database if it is not there; several processes may ask at once.</summary>
    /// <param name="name">A letter, then lower-case letters, digits, hyphens and underscores, at most 63.</param>
    public async Task EnsureDatabaseAsync(string name, CancellationToken ct)
    {
        if (!IsDatabaseName(name))
            throw new ArgumentException($"'{name}' is no database name", nameof(name));
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        find.Parameters.Add(new NpgsqlParameter { Value = name });
        if (await find.ExecuteScalarAsync(ct) is not null)
            return;
        try
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException made) when (made.SqlState is DuplicateDatabase or UniqueViolation)
        {
            // another process was faster
        }
    }

    internal static bool IsDatabaseName(string name) => DatabaseName().IsMatch(name);

    /// <summary>Stops the server if no other process uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref myUse, null) is not { } mine)
            return;
        // the shutdown must go through, whatever else is being given up
        using var alone = await clusterLocks.StartOrStopAsync(CancellationToken.None);
        mine.Dispose();
        using var last = clusterLocks.TryAlone();
        if (last is not null)
            await Postmaster.StopAsync(clusterFiles, CancellationToken.None);
    }

    [SupportedOSPlatform("linux")]
    private static async Task<Postmaster> StartServerAsync(
        ClusterFiles files,
        ServerAccount account,
        PrivatePostgresOptions options,
        CancellationToken ct
    )
    {
        var npm =
            options.NpmDirectory
            ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.Directory))!, "postgres-binaries");
        options.Progress("Starting PostgreSQL");
        int? major = files.IsInitialized ? files.MajorVersion : null;
        var binaries = await PostgresBinaries.FindAsync(account, major, options, npm, ct);
        var cluster = new Cluster(files, account, binaries, options);
        if (!files.IsInitialized)
        {
            options.Progress("Making a PostgreSQL cluster of this checkout's own");
            await cluster.InitializeAsync(ct);
        }

        return await cluster.StartAsync(ct);
    }

    /// <summary>A start that failed or was given up may have come as far as a running server.</summary>
    [SupportedOSPlatform("linux")]
    private static async Task StopUnusedAsync(string directory, ClusterLocks locks)
    {
        using var unused = locks.TryAlone();
        if (unused is not null && ClusterHome.Find(directory) is { } home)
            await Postmaster.StopAsync(new ClusterFiles(home), CancellationToken.None);
    }

    private static async Task<string> ReadPasswordAsync(ClusterFiles files, CancellationToken ct)
    {
        try
        {
            return (await File.ReadAllTextAsync(files.Password, ct)).Trim();
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or FileNotFoundException)
        {
            throw new DevelopmentException(
                $"the password of the local cluster cannot be read from '{files.Password}': "
                    + "set TOLLGATE_DATA to a folder of your own"
            );
        }
    }

    private static string CheckedPath(string directory)
    {
        var full = Path.GetFullPath(directory);
        // pg_ctl starts the server through a shell
        return full.IndexOfAny(['"', '$', '`', '\\', '\n']) < 0
            ? full
            : throw new DevelopmentException($"the path '{full}' cannot hold a PostgreSQL cluster: set TOLLGATE_DATA");
    }

    [GeneratedRegex("^[a-z_][a-z0-9_-]{0,62}$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DatabaseName();
}
