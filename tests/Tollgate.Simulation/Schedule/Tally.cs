using System.Collections.Concurrent;

namespace Tollgate.Simulation.Schedule;

/// <summary>
/// How often each action, fault and outcome came up over all seeds: a simulation in which one never does proves less
/// than it says.
/// </summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> counts = new();

    public void Count(string what, int times = 1) => counts.AddOrUpdate(what, times, (_, count) => count + times);

    public int Of(string what) => counts.GetValueOrDefault(what);

    public override string ToString() =>
        string.Join('\n', counts.OrderBy(count => count.Key).Select(count => $"{count.Value, 7}  {count.Key}"));
}
