namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>The time of a test clock of Stripe: it is stopped until it is moved.
/// FakeTimeProvider would stop timers, too, and the host's loops with them.</summary>
internal sealed class TestClockTime(DateTimeOffset start) : TimeProvider
{
    private long seconds = start.ToUnixTimeSeconds();

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Interlocked.Read(ref seconds));

    public void MoveTo(DateTimeOffset time) => Interlocked.Exchange(ref seconds, time.ToUnixTimeSeconds());
}
