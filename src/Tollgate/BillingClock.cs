namespace Tollgate;

/// <summary>
/// Billing time: periods, grace, windows and deadlines. In Development it follows the Sandbox's clock, so that
/// advancing that clock is seen here. Machine time (leases, retries, signatures, sign-in) is the plain <see
/// cref="TimeProvider"/> and is never moved.
/// </summary>
public sealed class BillingClock(TimeProvider source) : TimeProvider
{
    /// <summary>Now in UTC, cut to the microsecond, which is what PostgreSQL keeps.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = source.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    public override DateTimeOffset GetUtcNow() => Now;
}
