namespace Tollgate.Stripe;

/// <summary>
/// A refusal of Stripe's that the caller had not expected to get. Its message says which, and names Stripe's request.
/// </summary>
public sealed class StripeRefusedException : Exception
{
    internal StripeRefusedException(StripeRefusal refusal)
        : base(Describe(refusal)) => Refusal = refusal;

    /// <summary>The same call may well succeed later, a write with the same idempotency key.</summary>
    public bool IsTransient => Refusal.IsTransient;

    internal StripeRefusal Refusal { get; }

    /// <summary>
    /// The circuit was open and Stripe was not called: not an attempt, and none makes sense before this has passed.
    /// Else null.
    /// </summary>
    internal TimeSpan? NotAskedFor =>
        Refusal is StripeRefusal.Unavailable { Reason: UnavailableReason.CircuitOpen } away ? away.RetryAfter : null;

    private static string Describe(StripeRefusal refusal) =>
        $"Stripe: {refusal.GetType().Name}: {refusal.Message} (request {refusal.RequestId ?? "none"})";
}
