namespace Tollgate.Stripe;

/// <summary>Stripe said no, or nothing.</summary>
public sealed record StripeSaidNo(StripeRefusal Reason)
    : Refusal(
        Reason.IsTransient ? ProblemCodes.StripeBusy : ProblemCodes.StripeRefused,
        Reason.IsTransient ? 503 : 502,
        Reason.IsTransient ? "Stripe does not answer at the moment." : "Stripe refused the request.",
        "Nothing was charged. Try again in a minute."
    );
