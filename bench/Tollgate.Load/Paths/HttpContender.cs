using System.Diagnostics;
using Tollgate.Load.Measuring;
using Tollgate.Load.Processes;
using Tollgate.Load.Wire;

namespace Tollgate.Load.Paths;

/// <summary>A process that is loaded over HTTP.</summary>
internal sealed class HttpContender(string name, Role role, Rig rig, Served served, HttpUse use)
    : Contender(name, role, served.Process.Id)
{
    public override async Task<double?> CountAllocationsAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        var made = 0.0;
        var bytes = await Allocations.DuringAsync(
            Process,
            async () => made = (await RunAsync(length, cancellationToken)).Operations,
            cancellationToken
        );
        return bytes / made;
    }

    public override async Task<Measurement> RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        if (use.Clear is { } clear)
        {
            await served.Database.RunAsync(clear, cancellationToken);
        }

        await rig.Cluster.CheckpointAsync(cancellationToken);
        var connections = Enumerable.Range(0, use.Connections).Select(use.Requests).ToList();
        var server = ProcessorTime.Of(served.Process.Id);
        var database = rig.Cluster.Processor;
        var began = Stopwatch.GetTimestamp();
        var answered = await HttpLoad.RunAsync(served.Process.Address, connections, length, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        server = ProcessorTime.Of(served.Process.Id) - server;
        database = rig.Cluster.Processor - database;
        if (use.Count is { } count)
        {
            var kept = await served.Database.ReadAsync<long>(count, cancellationToken);
            if (kept != answered.Count)
            {
                throw new InexactException($"{Name} answered {answered.Count} events and keeps {kept}.");
            }
        }

        return new Measurement(
            answered.Count,
            answered.Count / seconds,
            answered.MillisecondsAt(0.5),
            answered.MillisecondsAt(0.99),
            server / answered.Count,
            database / answered.Count,
            AllocatedBytes: null
        );
    }
}

/// <summary>How a process is loaded.</summary>
/// <param name="Requests">Those of each connection.</param>
/// <param name="Clear">Makes its tables as they were before the first repetition.</param>
/// <param name="Count">Reads how many of the requests it keeps, one row each; null where it keeps none.</param>
internal sealed record HttpUse(
    int Connections,
    Func<int, IRequests> Requests,
    string? Clear = null,
    string? Count = null
);
