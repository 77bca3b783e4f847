using System.Globalization;
using System.Net.Http.Json;
using Tollgate.Load.Measuring;
using Tollgate.Load.Processes;

namespace Tollgate.Load.Paths;

/// <summary>
/// A limiter of Node's that counts in PostgreSQL. It is called inside its own process, as ours is, and is only started
/// over HTTP. It keeps a counter, and no row for each reservation.
/// </summary>
internal sealed class LimiterContender(string name, Rig rig, Served served, int tenants, int callers)
    : Contender(name, Role.Other, served.Process.Id)
{
    public override async Task<Measurement> RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = served.Process.Address,
        };
        using var cleared = await http.PostAsync("/clear", content: null, cancellationToken);
        cleared.EnsureSuccessStatusCode();
        await rig.Cluster.CheckpointAsync(cancellationToken);
        var server = ProcessorTime.Of(served.Process.Id);
        var database = rig.Cluster.Processor;
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"/run?tenants={tenants}&callers={callers}&seconds={length.TotalSeconds}"
        );
        using var answer = await http.PostAsync(query, content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var run = (await answer.Content.ReadFromJsonAsync<LimiterRun>(cancellationToken))!;
        server = ProcessorTime.Of(served.Process.Id) - server;
        database = rig.Cluster.Processor - database;
        var kept = await served.Database.ReadAsync<long>("SELECT sum(points)::bigint FROM limits", cancellationToken);
        if (kept != run.Granted)
        {
            throw new InexactException($"{Name} granted {run.Granted} and keeps {kept}.");
        }

        return new Measurement(
            run.Granted,
            run.Granted / run.Seconds,
            run.P50,
            run.P99,
            server / run.Granted,
            database / run.Granted,
            AllocatedBytes: null
        );
    }

    private sealed record LimiterRun(long Granted, double Seconds, double P50, double P99);
}
