using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Tollgate.Load.Processes;

/// <summary>What another process of .NET allocates, by the counters that every one of them shows.</summary>
internal static class Allocations
{
    private const string Runtime = "System.Runtime";
    private const string Counter = "alloc-rate";

    // the counters come once a second, so that the last one is waited for
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2.5);

    /// <summary>Bytes that the process allocates while something runs.</summary>
    public static async Task<double> DuringAsync(int process, Func<Task> run, CancellationToken cancellationToken)
    {
        var everySecond = new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" };
        EventPipeProvider[] providers = [new(Runtime, EventLevel.Informational, arguments: everySecond)];
        var client = new DiagnosticsClient(process);
        using var session = await client.StartEventPipeSessionAsync(
            new EventPipeSessionConfiguration(providers, requestRundown: false),
            cancellationToken
        );
        var sum = 0.0;
        using var source = new EventPipeEventSource(session.EventStream);
        source.Dynamic.All += one => sum += IncrementOf(one);
        var reading = Task.Run(source.Process, cancellationToken);
        await run();
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        await session.StopAsync(cancellationToken);
        await reading;
        return sum;
    }

    private static double IncrementOf(TraceEvent one) =>
        one.EventName == "EventCounters"
        && one.PayloadValue(0) is IDictionary<string, object> outer
        && outer["Payload"] is IDictionary<string, object> counter
        && (string)counter["Name"] == Counter
            ? (double)counter["Increment"]
            : 0;
}
