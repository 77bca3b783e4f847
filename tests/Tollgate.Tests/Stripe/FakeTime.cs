using Microsoft.Extensions.Time.Testing;

namespace Tollgate.Tests.Stripe;

/// <summary>
/// A fake clock that lists its running timers, so that a test can wait for one before it advances the time: advancing
/// <see cref="FakeTimeProvider"/> before the timer is set has no effect on that timer.
/// </summary>
internal sealed class FakeTime() : FakeTimeProvider(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this);
        // whoever waits for it may move the clock as soon as it is known
        lock (gate)
        {
            timer.Clock = base.CreateTimer(Fire, state, dueTime, period);
            timer.Set(dueTime);
        }

        return timer;

        void Fire(object? given)
        {
            timer.Set(period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan);
            callback(given);
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
                    return timer.Due - GetUtcNow();
                }

                change = changed.Task;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    private sealed class Timer(FakeTime time) : ITimer
    {
        public ITimer? Clock { get; set; }

        public DateTimeOffset Due { get; private set; }

        public TimeSpan Length { get; private set; }

        public void Set(TimeSpan dueTime)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                if (dueTime > TimeSpan.Zero)
                {
                    (Due, Length) = (time.GetUtcNow() + dueTime, dueTime);
                    time.timers.Add(this);
                }

                time.changed.TrySetResult();
                time.changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                var isChanged = Clock!.Change(dueTime, period);
                Set(dueTime);
                return isChanged;
            }
        }

        public void Dispose()
        {
            Set(Timeout.InfiniteTimeSpan);
            Clock?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
