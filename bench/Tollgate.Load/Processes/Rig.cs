using Hydra;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Tollgate.Load.Plain;
using Tollgate.Load.Wire;
using Tollgate.Startup;

namespace Tollgate.Load.Processes;

/// <summary>
/// What a run needs: a durable cluster, a Sandbox, and what answers, each in a process of its own and started when it
/// is first asked for.
/// </summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly string folder;
    private readonly CancellationToken cancellationToken;
    private readonly List<IAsyncDisposable> parts = [];
    private readonly List<ChildProcess> children = [];
    private readonly Dictionary<string, Served> served = [];
    private readonly Dictionary<int, NpgsqlDataSource> pools = [];
    private HydraSettings? settings;
    private WebApplication? host;

    private Rig(string folder, CancellationToken cancellationToken)
    {
        this.folder = folder;
        this.cancellationToken = cancellationToken;
    }

    public DurableCluster Cluster { get; private set; } = null!;

    public Uri Sandbox { get; private set; } = null!;

    public EventTemplates Events { get; private set; } = null!;

    public CancellationToken Token => cancellationToken;

    public static async Task<Rig> StartAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var rig = new Rig(Directory.CreateTempSubdirectory("tollgate-load-").FullName, cancellationToken);
        try
        {
            rig.Cluster = await DurableCluster.StartAsync(rig.folder, options.Statements, cancellationToken);
            rig.parts.Add(rig.Cluster);
            rig.Sandbox = await rig.StartSandboxAsync();
            rig.Events = await EventTemplates.RecordAsync(rig.Sandbox, HydraSettings.SecretKey, cancellationToken);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>The real host in Production, made as <c>docs/operations/go-live.md</c> has it.</summary>
    public Task<Served> HydraAsync() =>
        OnceAsync(
            "hydra",
            async name =>
            {
                var database = await Cluster.AddDatabaseAsync(name, cancellationToken);
                var address = FreeAddress();
                var all = (await SettingsAsync()).At(address, database);
                await ChildProcess.RunAsync(Hydra("migrate", all, "migrate", "up"), cancellationToken);
                return await ServeAsync(Hydra(name, all), address, "/health/ready", database);
            }
        );

    /// <summary>Publishes Hydra as an operator does; answers its program.</summary>
    public async Task<string> PublishAsync()
    {
        var to = Path.Combine(folder, "published");
        var start = new ChildStart("publish", "dotnet", "publish", Repository.Hydra, "-c", "Release", "-o", to)
        {
            LogFolder = folder,
        };
        await ChildProcess.RunAsync(start, cancellationToken);
        return Path.Combine(to, "Hydra.dll");
    }

    /// <summary>What <c>dotnet build</c> made of Hydra.</summary>
    public static string BuiltHydra => Repository.Built(Path.Combine("hosts", "Hydra"), "Hydra.dll");

    /// <summary>One more node of Hydra, which has answered a first delivery.</summary>
    /// <param name="program">Its <c>Hydra.dll</c>.</param>
    public async Task<ChildProcess> StartNodeAsync(string program)
    {
        var hydra = await HydraAsync();
        var address = FreeAddress();
        var start = new ChildStart("node", "dotnet", program)
        {
            LogFolder = folder,
            WorkingDirectory = Path.GetDirectoryName(program),
            Settings = (await SettingsAsync()).At(address, hydra.ConnectionString),
        };
        var secret = await SecretAsync();
        return await ChildProcess.StartAsync(
            start,
            address.Port,
            () => SignedEvents.Message(Events.All[0].Body, PlainServer.WebhookPath, secret),
            cancellationToken
        );
    }

    /// <summary>One of <see cref="PlainServer"/>.</summary>
    /// <param name="database">Null for one of its own.</param>
    public Task<Served> PlainAsync(string what, string? database = null) =>
        OnceAsync(
            what,
            async name =>
            {
                database ??= await Cluster.AddDatabaseAsync($"plain_{name}", cancellationToken);
                var address = FreeAddress();
                var pooled = $"{database};Maximum Pool Size=64;Max Auto Prepare=20";
                var start = new ChildStart(name, Environment.ProcessPath!, "serve", name)
                {
                    LogFolder = folder,
                    Settings = PlainServer.Settings(address, pooled, await SecretAsync()),
                };
                return await ServeAsync(start, address, PlainServer.ReadyPath, database);
            }
        );

    /// <summary>A script of <c>bench/peers</c>.</summary>
    public Task<Served> PeerAsync(string script) =>
        OnceAsync(
            script,
            async name =>
            {
                var database = await Cluster.AddDatabaseAsync($"peer_{name.Replace('-', '_')}", cancellationToken);
                var address = FreeAddress();
                var to = new NpgsqlConnectionStringBuilder(database);
                var start = new ChildStart(name, "node", Path.Combine(Repository.Peers, $"{name}.mjs"))
                {
                    LogFolder = folder,
                    Settings = new Dictionary<string, string>
                    {
                        ["NODE_ENV"] = "production",
                        ["PORT"] = $"{address.Port}",
                        ["DATABASE_URL"] = $"postgres://{to.Username}:{to.Password}@{to.Host}:{to.Port}/{to.Database}",
                        ["STRIPE_SECRET_KEY"] = HydraSettings.SecretKey,
                        ["STRIPE_WEBHOOK_SECRET"] = await SecretAsync(),
                        ["STRIPE_API_BASE"] = Sandbox.AbsoluteUri,
                    },
                };
                return await ServeAsync(start, address, "/", database);
            }
        );

    /// <summary>A database for statements of the bench's own, by a pool of that size.</summary>
    /// <param name="makeAsync">Makes its tables.</param>
    public async Task<NpgsqlDataSource> PlainDatabaseAsync(
        int connections,
        Func<NpgsqlDataSource, CancellationToken, Task> makeAsync
    )
    {
        var database = await Cluster.AddDatabaseAsync("plain", cancellationToken);
        if (!pools.TryGetValue(connections, out var pool))
        {
            pool = NpgsqlDataSource.Create($"{database};Maximum Pool Size={connections};Max Auto Prepare=20");
            parts.Add(pool);
            if (pools.Count == 0)
            {
                await makeAsync(pool, cancellationToken);
            }

            pools.Add(connections, pool);
        }

        return pool;
    }

    /// <summary>Something that a path made, and that ends with the run.</summary>
    public void Keep(IAsyncDisposable part) => parts.Add(part);

    public async Task<string> SecretAsync() => (await SettingsAsync()).WebhookSecret;

    /// <summary>
    /// Hydra's services in this process, with the same settings on a database of their own; its workers do not run.
    /// </summary>
    public async Task<InProcess> ServicesAsync()
    {
        var database = await Cluster.AddDatabaseAsync("services", cancellationToken);
        if (host is null)
        {
            var arguments = (await SettingsAsync()).Arguments($"{database};Maximum Pool Size=64");
            host = HydraApp.Create(arguments);
            parts.Add(host);
            await host.Services.RunStartupStepsAsync(cancellationToken);
        }

        return new InProcess(host.Services, database);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in Enumerable.Reverse(children))
        {
            child.Dispose();
        }

        foreach (var part in Enumerable.Reverse(parts))
        {
            await part.DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<HydraSettings> SettingsAsync()
    {
        if (settings is null)
        {
            var given = HydraSettings.Given(Sandbox);
            var printed = await ChildProcess.RunAsync(
                Hydra("setup", given, "setup", "--yes", "--json"),
                cancellationToken
            );
            settings = HydraSettings.Of(given, printed);
        }

        return settings;
    }

    private async Task<Uri> StartSandboxAsync()
    {
        var address = FreeAddress();
        var program = Repository.Built(Path.Combine("src", "Tollgate.Sandbox.Tool"), "Tollgate.Sandbox.Tool.dll");
        var start = new ChildStart("sandbox", "dotnet", program, "--port", $"{address.Port}") { LogFolder = folder };
        var child = await ChildProcess.StartAsync(start, address.Port, "/", cancellationToken);
        children.Add(child);
        return address;
    }

    private ChildStart Hydra(string name, IReadOnlyDictionary<string, string> all, params string[] command) =>
        new(name, "dotnet", [BuiltHydra, .. command])
        {
            LogFolder = folder,
            WorkingDirectory = Repository.Hydra,
            Settings = all,
        };

    private async Task<Served> OnceAsync(string name, Func<string, Task<Served>> startAsync)
    {
        if (!served.TryGetValue(name, out var known))
        {
            known = served[name] = await startAsync(name);
        }

        return known;
    }

    private async Task<Served> ServeAsync(ChildStart start, Uri address, string readyPath, string database)
    {
        var child = await ChildProcess.StartAsync(start, address.Port, readyPath, cancellationToken);
        children.Add(child);
        var tables = NpgsqlDataSource.Create(database);
        parts.Add(tables);
        return new Served(child, tables, database);
    }

    private static Uri FreeAddress() => new($"http://127.0.0.1:{ChildProcess.FreePort()}");
}

/// <summary>A process that answers, and the database behind it.</summary>
internal sealed record Served(ChildProcess Process, NpgsqlDataSource Database, string ConnectionString);

/// <summary>Services of a host in this process, and their database.</summary>
internal sealed record InProcess(IServiceProvider Services, string ConnectionString);
