namespace Tollgate.Development;

/// <summary>
/// Billing time in Development: the Sandbox's, once it runs, so that advancing it there is seen here.
/// </summary>
internal sealed class DevelopmentClock : TimeProvider
{
    private volatile TimeProvider source = System;

    public void Follow(TimeProvider sandboxTime) => source = sandboxTime;

    public override DateTimeOffset GetUtcNow() => source.GetUtcNow();
}
