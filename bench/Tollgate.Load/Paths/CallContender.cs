using Tollgate.Load.Measuring;
using Tollgate.Load.Processes;

namespace Tollgate.Load.Paths;

/// <summary>Calls in this process. Its own processor time counts as the server's, callers included.</summary>
internal sealed class CallContender(string name, Role role, Rig rig, CallUse use)
    : Contender(name, role, Environment.ProcessId)
{
    public override async Task<Measurement> RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        await use.ClearAsync(cancellationToken);
        await rig.Cluster.CheckpointAsync(cancellationToken);
        var database = rig.Cluster.Processor;
        var server = Environment.CpuUsage.TotalTime;
        var made = await CallLoad.RunAsync(use.Callers, use.Call, length, use.Calls);
        server = Environment.CpuUsage.TotalTime - server;
        database = rig.Cluster.Processor - database;
        if (await use.FindFaultAsync(made.Count, cancellationToken) is { } fault)
        {
            throw new InexactException($"{Name}: {fault}");
        }

        return new Measurement(
            made.Count,
            made.Count / made.Seconds,
            made.Latencies.MillisecondsAt(0.5),
            made.Latencies.MillisecondsAt(0.99),
            server.TotalMicroseconds / made.Count,
            database / made.Count,
            (double)made.Allocated / made.Count
        );
    }
}

/// <summary>How a way to count use is called.</summary>
/// <param name="Call">One call, which throws when it is refused.</param>
/// <param name="ClearAsync">Makes its tables as they were before the first repetition.</param>
/// <param name="FindFaultAsync">
/// Compares how many calls were granted with what the database holds; null when they are the same.
/// </param>
internal sealed record CallUse(
    int Callers,
    Func<long, Task> Call,
    Func<CancellationToken, Task> ClearAsync,
    Func<long, CancellationToken, Task<string?>> FindFaultAsync
)
{
    /// <summary>Calls that leave no tables to clear and nothing to compare.</summary>
    public CallUse(int callers, Func<long, Task> call)
        : this(callers, call, _ => Task.CompletedTask, (_, _) => Task.FromResult<string?>(null)) { }

    /// <summary>As many as there are to be made.</summary>
    public long Calls { get; init; } = long.MaxValue;
}
