using System.Diagnostics;
using Tollgate.Load.Measuring;
using Tollgate.Load.Processes;

namespace Tollgate.Load.Paths;

/// <summary>
/// From the start of the process until a first delivery is answered: Hydra as it is published, against what
/// <c>dotnet build</c> makes, which is compiled while it starts.
/// </summary>
internal static class StartPath
{
    public static LoadPath Of(Rig rig) =>
        new(
            "start",
            1,
            async () =>
                [
                    new StartContender("Hydra, published", Role.Ours, rig, await rig.PublishAsync()),
                    new StartContender("without ReadyToRun", Role.Other, rig, Rig.BuiltHydra),
                ]
        );

    private sealed class StartContender(string name, Role role, Rig rig, string program)
        : Contender(name, role, Environment.ProcessId)
    {
        public override async Task<Measurement> RunAsync(TimeSpan length, CancellationToken cancellationToken)
        {
            await rig.HydraAsync();
            await rig.Cluster.CheckpointAsync(cancellationToken);
            var database = rig.Cluster.Processor;
            var began = Stopwatch.GetTimestamp();
            using var node = await rig.StartNodeAsync(program);
            var took = Stopwatch.GetElapsedTime(began);
            return new Measurement(
                1,
                1 / took.TotalSeconds,
                took.TotalMilliseconds,
                took.TotalMilliseconds,
                ProcessorTime.Of(node.Id),
                rig.Cluster.Processor - database,
                AllocatedBytes: null
            );
        }
    }
}
