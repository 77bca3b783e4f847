namespace Tollgate.Stripe;

/// <summary>Stripe said no, or nothing.</summary>
public sealed record StripeSaidNo(StripeRefusal Reason)
    : Refusal(
        Reason.IsTransient ? ProblemCodes.StripeBusy : ProblemCodes.StripeRefused,
        Reason.IsTransient ? 503 : 502,
        Reason.IsTransient ? "Stripe does not answer at the moment." : "Stripe refused the request.",
        "Nothing was charged. Try again in a minute."
    )
{
    /// <summary>When it is worth trying again; null when nobody knows.</summary>
    public TimeSpan? RetryAfter =>
        Reason switch
        {
            StripeRefusal.Unavailable away => away.RetryAfter,
            StripeRefusal.RateLimited limited => limited.RetryAfter,
            _ => null,
        };

    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        RetryAfter is { } wait ? [new(RetryAfterHeader.Member, (long)Math.Ceiling(wait.TotalSeconds))] : [];
}
