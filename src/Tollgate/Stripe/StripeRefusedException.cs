namespace Tollgate.Stripe;

/// <summary>A refusal that the caller had not expected to get.</summary>
public sealed class StripeRefusedException(StripeRefusal refusal) : Exception(Describe(refusal))
{
    public StripeRefusal Refusal { get; } = refusal;

    private static string Describe(StripeRefusal refusal) =>
        $"Stripe: {refusal.GetType().Name}: {refusal.Message} (request {refusal.RequestId ?? "none"})";
}
