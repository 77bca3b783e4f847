namespace Tollgate.Simulation.Schedule;

/// <summary>
/// The one clock of a simulated world: both nodes', PostgreSQL's and Stripe's. It does not advance until the simulation
/// moves it. A pause (between two tries, or until somebody gives up a lease) takes a tenth of a second of it and none
/// of ours; a time-out never comes. FakeTimeProvider fires timers only when its clock is moved from outside, which
/// nobody does while a node pauses.
/// </summary>
internal sealed class SimulatedTime(DateTimeOffset start, Action<DateTimeOffset> tellDatabase) : TimeProvider
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);
    private DateTimeOffset now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public void Advance(TimeSpan by)
    {
        now += by;
        tellDatabase(now);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // time-outs cancel something, pauses do not; their lengths do not distinguish them
        if (state is not CancellationTokenSource)
        {
            Advance(Pause);
            // not from in here: whoever makes a timer does not expect it to be over already
            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        }

        return new DoneTimer();
    }

    private sealed class DoneTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
