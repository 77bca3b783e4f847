namespace Tollgate.Stripe;

/// <summary>A refusal that the caller had not expected to get.</summary>
public sealed class StripeRefusedException(StripeRefusal refusal) : Exception(Describe(refusal))
{
    public StripeRefusal Refusal { get; } = refusal;

    /// <summary>
    /// Stripe is away and was not asked: it is no try, and worth none before this has passed. Null when it was asked.
    /// </summary>
    internal TimeSpan? NotAskedFor =>
        Refusal is StripeRefusal.Unavailable { Reason: UnavailableReason.CircuitOpen } away ? away.RetryAfter : null;

    private static string Describe(StripeRefusal refusal) =>
        $"Stripe: {refusal.GetType().Name}: {refusal.Message} (request {refusal.RequestId ?? "none"})";
}
