using Polly;

namespace Tollgate.Stripe;

/// <summary>One call with all of its attempts.</summary>
internal sealed class StripeCall(StripeRequest request, StripePatience patience, TimeProvider machineTime)
{
    public static readonly ResiliencePropertyKey<StripeCall> Property = new("tollgate.stripe.call");

    private readonly long started = machineTime.GetTimestamp();

    public StripeRequest Request { get; } = request;

    public StripePatience Patience { get; } = patience;

    public int Attempts { get; private set; }

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

    public static StripeAttempt Of(StripeReply reply, DateTimeOffset now, string secretKey)
    {
        if (reply.IsSuccess)
        {
            return new(reply, Refusal: null, IsWorthRepeating: false, RetryAfter: null);
        }

        var refusal = RefusalReader.Read(reply, now, secretKey);
        return new(reply, refusal, RefusalReader.IsWorthRepeating(reply, refusal), reply.RetryAfter(now));
    }

    public static StripeAttempt Failed(UnavailableReason reason, string message) =>
        new(
            Reply: null,
            new StripeRefusal.Unavailable(message, RequestId: null, reason),
            IsWorthRepeating: true,
            RetryAfter: null
        );
}
