namespace Tollgate.Stripe;

/// <summary>
/// Spares everybody the wait for a Stripe that is away (F72): after ten attempts in a row without a usable answer it
/// is not asked for ten seconds; then one attempt goes ahead alone, and how it ends opens the way or keeps it shut. A
/// refusal is an answer too. One per client, and so one per process.
/// </summary>
internal sealed class StripeCircuit(TimeProvider machineTime)
{
    /// <summary>More than one call makes alone, so that one object that Stripe fails at shuts out no other.</summary>
    public const int OpensAfter = 10;

    public static readonly TimeSpan Break = TimeSpan.FromSeconds(10);

    /// <summary>For those who come while one is asking.</summary>
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

    /// <summary>True when this opens the way again.</summary>
    public bool Answered()
    {
        lock (gate)
        {
            var wasOpen = openedAt is not null;
            (failuresInARow, openedAt, isProbing) = (0, null, false);
            return wasOpen;
        }
    }

    /// <summary>No connection, no answer in time or a 5xx. True when this shuts the way.</summary>
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

    /// <summary>The caller went before there was an answer, which says nothing of Stripe.</summary>
    public void GivenUp()
    {
        lock (gate)
        {
            isProbing = false;
        }
    }
}
