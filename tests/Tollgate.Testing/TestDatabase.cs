using System.Collections.Concurrent;
using System.Reflection;
using Npgsql;

namespace Tollgate.Testing;

/// <summary>
/// A database of one test's own in the <see cref="TestCluster"/>, copied from a template that is migrated once per
/// process. Dropped at dispose, open connections and all.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    // one test, several nodes of an application, each with a pool of its own
    private const int PoolSizeMax = 40;

    private static readonly ConcurrentDictionary<MethodInfo, Lazy<Task<string>>> Templates = new();
    private static readonly Lazy<Task<NpgsqlDataSource>> Administration = new(OpenAdministrationAsync);
    private readonly string databaseName;

    private TestDatabase(string name, string connectionString)
    {
        databaseName = name;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>An empty database, or a copy of the one that <paramref name="migrateTemplate"/> made.</summary>
    /// <param name="migrateTemplate">
    /// Gets a connection string and migrates. Runs once per process however many tests pass the same method or lambda,
    /// so it must not depend on what it captures.
    /// </param>
    public static async Task<TestDatabase> CreateAsync(Func<string, Task>? migrateTemplate = null)
    {
        var template = migrateTemplate is null ? "template0" : await TemplateAsync(migrateTemplate);
        var cluster = await TestCluster.StartedAsync();
        var name = NewName("test");
        await AdministerAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        var connection = new NpgsqlConnectionStringBuilder(cluster.ConnectionString(name))
        {
            MaxPoolSize = PoolSizeMax,
            IncludeErrorDetail = true,
        };
        return new TestDatabase(name, connection.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var any = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(any);
        await AdministerAsync($"DROP DATABASE IF EXISTS {databaseName} WITH (FORCE)");
    }

    private static Task<string> TemplateAsync(Func<string, Task> migrate) =>
        Templates.GetOrAdd(migrate.Method, _ => new Lazy<Task<string>>(() => MakeTemplateAsync(migrate))).Value;

    private static async Task<string> MakeTemplateAsync(Func<string, Task> migrate)
    {
        var cluster = await TestCluster.StartedAsync();
        var template = NewName("template");
        await AdministerAsync($"CREATE DATABASE {template} TEMPLATE template0");
        await migrate(cluster.ConnectionString(template) + ";Pooling=false");
        // a template with a connection cannot be copied
        await AdministerAsync($"ALTER DATABASE {template} ALLOW_CONNECTIONS false");
        await AdministerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'");
        return template;
    }

    private static string NewName(string kind) => $"{kind}_{Guid.NewGuid():n}";

    private static async Task AdministerAsync(string sql)
    {
        await using var command = (await Administration.Value).CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<NpgsqlDataSource> OpenAdministrationAsync() =>
        NpgsqlDataSource.Create((await TestCluster.StartedAsync()).ConnectionString("postgres"));
}
