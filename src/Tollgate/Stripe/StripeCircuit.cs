namespace Tollgate.Stripe;

/// <summary>
/// Circuit breaker (F72), so that no caller waits while Stripe is away: after ten attempts in a row without a usable
/// answer it opens for ten seconds; then a single attempt, the probe, goes ahead, and its outcome closes the circuit
/// or opens it again. A refusal counts as an answer. One per client, and so one per process.
/// </summary>
internal sealed class StripeCircuit(TimeProvider machineTime)
{
    /// <summary>More attempts than one call makes: one object that Stripe fails at does not open the circuit.</summary>
    public const int OpensAfter = 10;

    public static readonly TimeSpan Break = TimeSpan.FromSeconds(10);

    /// <summary>For calls that come while the probe is under way.</summary>
    private static readonly TimeSpan ProbeWait = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private int failuresInARow;
    private long? openedAt;
    private bool isProbing;

    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return openedAt is not null;
            }
        }
    }

    /// <summary>
    /// How long to wait before asking again; null to go ahead, and then to say how it went.
    /// </summary>
    public TimeSpan? Refuse()
    {
        lock (gate)
        {
            if (openedAt is not { } since)
            {
                return null;
            }

            if (Break - machineTime.GetElapsedTime(since) is var left && left > TimeSpan.Zero)
            {
                return left;
            }

            if (isProbing)
            {
                return ProbeWait;
            }

            isProbing = true;
            return null;
        }
    }

    /// <summary>True when this closes the circuit.</summary>
    public bool Answered()
    {
        lock (gate)
        {
            var wasOpen = openedAt is not null;
            (failuresInARow, openedAt, isProbing) = (0, null, false);
            return wasOpen;
        }
    }

    /// <summary>No connection, no answer in time or a 5xx. True when this opens the circuit.</summary>
    public bool Failed()
    {
        lock (gate)
        {
            failuresInARow++;
            var opens = openedAt is null && failuresInARow >= OpensAfter;
            if (opens || isProbing)
            {
                openedAt = machineTime.GetTimestamp();
            }

            isProbing = false;
            return opens;
        }
    }

    /// <summary>The caller cancelled before there was an answer: neither a success nor a failure.</summary>
    public void GivenUp()
    {
        lock (gate)
        {
            isProbing = false;
        }
    }
}
