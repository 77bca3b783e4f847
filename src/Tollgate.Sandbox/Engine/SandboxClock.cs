namespace Tollgate.Sandbox.Engine;

/// <summary>Sandbox time: the machine's time plus all that was advanced so far. Timers run on machine time.</summary>
internal sealed class SandboxClock(TimeProvider machine) : TimeProvider
{
    private long offsetTicks;

    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref offsetTicks));
        set => Interlocked.Exchange(ref offsetTicks, value.Ticks);
    }

    public long UnixSeconds => GetUtcNow().ToUnixTimeSeconds();

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Moves forward to a moment; a moment that has passed changes nothing.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        var ahead = moment - GetUtcNow();
        if (ahead > TimeSpan.Zero)
        {
            Offset += ahead;
        }
    }
}
