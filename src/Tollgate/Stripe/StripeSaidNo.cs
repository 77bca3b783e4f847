namespace Tollgate.Stripe;

/// <summary>Stripe said no, for as long as nobody mends something, or nothing, which passes.</summary>
public sealed record StripeSaidNo(StripeRefusal Reason)
    : Refusal(
        Reason.IsLasting ? ProblemCodes.StripeRefused : ProblemCodes.StripeBusy,
        Reason.IsLasting ? 502 : 503,
        Reason.IsLasting ? "Stripe refuses this." : "Stripe does not answer at the moment.",
        Reason.IsLasting
            ? "Nothing was charged. Trying again does not help; the people who run this product have to mend it."
            : "Nothing was charged. Try again in a minute."
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
        RetryAfter is { } wait ? [new(RetryAfterMember, (long)Math.Ceiling(wait.TotalSeconds))] : [];
}
