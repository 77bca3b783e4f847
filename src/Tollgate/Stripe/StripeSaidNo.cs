namespace Tollgate.Stripe;

/// <summary>Stripe refuses until somebody changes a setting or an object, or does not answer now.</summary>
internal sealed record StripeSaidNo(StripeRefusal Reason)
    : Refusal(
        Reason.IsLasting ? ProblemCodes.StripeRefused : ProblemCodes.StripeBusy,
        Reason.IsLasting ? 502 : 503,
        Reason.IsLasting ? "Stripe refuses this." : "Stripe does not answer at the moment.",
        Reason.IsLasting
            ? "Nothing was charged. Trying again does not help; the people who run this product have to fix it."
            : "Nothing was charged. Try again in a minute."
    )
{
    /// <summary>When it is worth trying again; null when that is not known.</summary>
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
