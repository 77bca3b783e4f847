namespace Tollgate.Sandbox.Tests.Support;

/// <summary>
/// A machine whose clock is stopped: Sandbox time moves by advances alone. FakeTimeProvider would stop timers, too,
/// and deliveries and time-outs with them.
/// </summary>
internal sealed class FrozenTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
