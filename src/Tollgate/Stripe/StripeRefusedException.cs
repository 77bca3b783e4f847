namespace Tollgate.Stripe;

/// <summary>A refusal that the caller had not expected to get.</summary>
public sealed class StripeRefusedException(StripeRefusal refusal) : Exception(Describe(refusal))
{
    public StripeRefusal Refusal { get; } = refusal;

    /// <summary>
    /// The circuit was open and Stripe was not called: not an attempt, and none makes sense before this has passed.
    /// Else null.
    /// </summary>
    internal TimeSpan? NotAskedFor =>
        Refusal is StripeRefusal.Unavailable { Reason: UnavailableReason.CircuitOpen } away ? away.RetryAfter : null;

    private static string Describe(StripeRefusal refusal) =>
        $"Stripe: {refusal.GetType().Name}: {refusal.Message} (request {refusal.RequestId ?? "none"})";
}
