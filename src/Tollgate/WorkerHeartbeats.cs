using System.Collections.Concurrent;

namespace Tollgate;

/// <summary>When each of this node's loops last came round, so that one that died or hangs is seen.</summary>
internal sealed class WorkerHeartbeats(TimeProvider machineTime)
{
    private long lastTried = machineTime.GetTimestamp();

    /// <summary>Every loop comes round within seconds, or its work is stuck.</summary>
    public static readonly TimeSpan StandsStillAfter = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, long> beats = new();

    public void Beat(string worker) => beats[worker] = machineTime.GetTimestamp();

    /// <summary>The inbox took an account with waiting events, however that went, or is meant to take none.</summary>
    public void Tried() => Volatile.Write(ref lastTried, machineTime.GetTimestamp());

    /// <summary>For long, the inbox has taken nothing; that is wrong only while something waits.</summary>
    public bool TriesNothing => machineTime.GetElapsedTime(Volatile.Read(ref lastTried)) > StandsStillAfter;

    public IReadOnlyList<string> All() => [.. beats.Keys.Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> StandingStill() =>
        [.. All().Where(worker => machineTime.GetElapsedTime(beats[worker]) > StandsStillAfter)];
}
