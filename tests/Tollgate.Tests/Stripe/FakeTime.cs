namespace Tollgate.Tests.Stripe;

/// <summary>A clock that moves when told to. Timers fire inside <see cref="Advance"/>.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Waits until a timer runs that was set to such a length, and says how far it is from firing.</summary>
    public async Task<TimeSpan> WhenTimer(Func<TimeSpan, bool> length, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (timers.Find(timer => length(timer.Length)) is { } timer)
                {
                    return timer.Due - now;
                }

                change = changed.Task;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    private Timer? TakeDue(DateTimeOffset target)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            now =
                next is null ? target
                : next.Due > now ? next.Due
                : now;
            timers.RemoveAll(timer => ReferenceEquals(timer, next));
            if (next is { Period: { } period })
            {
                next.Due += period;
                timers.Add(next);
            }

            return next;
        }
    }

    private sealed class Timer(FakeTime time, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        /// <summary>Null for a timer that fires once.</summary>
        public TimeSpan? Period { get; private set; }

        public TimeSpan Length { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time.now + dueTime;
                    Length = dueTime;
                    Period = period > TimeSpan.Zero ? period : null;
                    time.timers.Add(this);
                }

                time.changed.TrySetResult();
                time.changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
