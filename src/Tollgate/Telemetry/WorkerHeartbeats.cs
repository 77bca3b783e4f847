using System.Collections.Concurrent;

namespace Tollgate.Telemetry;

/// <summary>
/// When each of this node's loops last completed a round, and since when each has failed every time, so that one that
/// stopped, hangs or only fails is found.
/// </summary>
internal sealed class WorkerHeartbeats(TimeProvider machineTime)
{
    private long lastTried = machineTime.GetTimestamp();

    /// <summary>Every loop comes round within seconds of when it said it would, or its work is stuck.</summary>
    public static readonly TimeSpan StalledAfter = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, (long At, TimeSpan Pause)> beats = new();
    private readonly ConcurrentDictionary<string, Failing> failures = new();

    public TimeProvider MachineTime => machineTime;

    /// <param name="pause">Until it is to come round again; it may be infinite.</param>
    public void Beat(string worker, TimeSpan pause = default) => beats[worker] = (machineTime.GetTimestamp(), pause);

    /// <summary>A round went well, whatever there was to do.</summary>
    public void Succeed(string worker) => failures.TryRemove(worker, out _);

    /// <summary>A round failed as a whole. What one account or one event did wrong is no failure of the loop.</summary>
    public void Fail(string worker, Exception failure) =>
        failures.AddOrUpdate(
            worker,
            static (_, now) => new Failing(now.Time, now.Reason),
            static (_, before, now) => before with { Reason = now.Reason },
            (Time: machineTime.GetTimestamp(), Reason: failure.GetType().Name)
        );

    /// <summary>Loops that have failed every time for long, with the last failure's type.</summary>
    public IReadOnlyList<(string Worker, string Reason)> OnlyFailing() =>
        [
            .. failures
                .Where(one => machineTime.GetElapsedTime(one.Value.Since) > StalledAfter)
                .Select(one => (one.Key, one.Value.Reason))
                .OrderBy(one => one.Key, StringComparer.Ordinal),
        ];

    /// <summary>The inbox took an account with waiting events, however that went, or is meant to take none.</summary>
    public void Tried() => Volatile.Write(ref lastTried, machineTime.GetTimestamp());

    /// <summary>For long, the inbox has taken nothing; that is wrong only while something waits.</summary>
    public bool TriesNothing => machineTime.GetElapsedTime(Volatile.Read(ref lastTried)) > StalledAfter;

    public IReadOnlyList<string> All() => [.. beats.Keys.Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Stalled() =>
        [.. All().Where(worker => IsStalled(beats[worker].At, beats[worker].Pause))];

    private bool IsStalled(long beatAt, TimeSpan pause) =>
        pause != Timeout.InfiniteTimeSpan && machineTime.GetElapsedTime(beatAt) - pause > StalledAfter;

    private sealed record Failing(long Since, string Reason);
}
