using Hydra;
using Tollgate.Development;
using Tollgate.Load;
using Tollgate.Startup;

// One durable cluster of its own, so that commits cost what they cost in production.
var folder = Path.Combine(Path.GetTempPath(), "tollgate-load");
await using var cluster = await PrivatePostgres.StartAsync(
    new PrivatePostgresOptions { Directory = folder },
    CancellationToken.None
);
var name = $"load_{Environment.ProcessId}";
await cluster.EnsureDatabaseAsync(name, CancellationToken.None);
await using var app = HydraApp.Create([
    "--environment=Development",
    $"--ConnectionStrings:Tollgate={cluster.ConnectionString(name)};Maximum Pool Size=64",
    "--urls=http://127.0.0.1:0",
    "--Development:SandboxPort=0",
    "--Development:KeepSandbox=false",
    "--Development:DatabaseIsPrivate=true",
    "--BILLING_ENABLED=true",
    "--Logging:LogLevel:Default=Warning",
]);
await app.Services.RunStartupStepsAsync(CancellationToken.None);

if (args is ["sync"])
{
    foreach (var line in await AccountSync.MeasureAsync(app.Services))
    {
        Console.WriteLine(line);
    }

    return;
}

Console.WriteLine("Ratios of the median of five interleaved repetitions; higher is better for the first named.");
foreach (var race in HotPaths.Of(app.Services))
{
    Console.WriteLine(await race.RunAsync());
}
