using Polly;

namespace Tollgate.Stripe;

/// <summary>One call with all of its attempts.</summary>
/// <param name="caller">Cancelled when the caller goes, and by no time-out of ours.</param>
internal sealed class StripeCall(
    HttpMethod method,
    Uri uri,
    StripePatience patience,
    TimeProvider machineTime,
    CancellationToken caller
)
{
    public static readonly ResiliencePropertyKey<StripeCall> Property = new("tollgate.stripe.call");

    private readonly long started = machineTime.GetTimestamp();

    public HttpMethod Method { get; } = method;

    /// <summary>The path with placeholders for ids, which is what logs and metrics show.</summary>
    public string Template { get; } = StripePath.TemplateOf(uri);

    public StripePatience Patience { get; } = patience;

    public int Attempts { get; private set; }

    public bool IsGivenUp => caller.IsCancellationRequested;

    /// <summary>How the latest attempt ended; null while one is under way or when it was given up.</summary>
    public StripeAttempt? LastAnswered { get; private set; }

    public TimeSpan Elapsed => machineTime.GetElapsedTime(started);

    public TimeSpan Remaining => Patience.InTotal() - Elapsed;

    public void Begin()
    {
        Attempts++;
        LastAnswered = null;
    }

    public StripeAttempt End(StripeAttempt attempt)
    {
        LastAnswered = attempt;
        return attempt;
    }
}

/// <summary>How one attempt ended.</summary>
/// <param name="Refusal">Null for a success, which always has a reply.</param>
internal sealed record StripeAttempt(
    StripeReply? Reply,
    StripeRefusal? Refusal,
    bool IsWorthRepeating,
    TimeSpan? RetryAfter
)
{
    public string? RequestId => Reply?.RequestId;

    /// <summary>No usable answer came. A 5xx that Stripe replays from its store is an answer.</summary>
    public bool IsNoAnswer =>
        Refusal
            is StripeRefusal.Unavailable
            {
                Reason: UnavailableReason.Connection or UnavailableReason.ServerError or UnavailableReason.Timeout
            };

    public static StripeAttempt Of(StripeReply reply, DateTimeOffset now, string secretKey)
    {
        if (reply.IsSuccess)
        {
            return new(reply, Refusal: null, IsWorthRepeating: false, RetryAfter: null);
        }

        var refusal = RefusalReader.Read(reply, now, secretKey);
        return new(reply, refusal, RefusalReader.IsWorthRepeating(reply, refusal), reply.RetryAfter(now));
    }

    /// <summary>The circuit is open. A job waits and tries again; an interactive call is refused at once.</summary>
    public static StripeAttempt NotAsked(TimeSpan wait, StripePatience patience) =>
        new(
            Reply: null,
            new StripeRefusal.Unavailable(
                "Stripe failed several times in a row and is not asked for a while.",
                RequestId: null,
                UnavailableReason.CircuitOpen
            )
            {
                RetryAfter = wait,
            },
            IsWorthRepeating: patience == StripePatience.Job,
            wait
        );

    public static StripeAttempt Failed(UnavailableReason reason, string message) =>
        new(
            Reply: null,
            new StripeRefusal.Unavailable(message, RequestId: null, reason),
            IsWorthRepeating: true,
            RetryAfter: null
        );
}
