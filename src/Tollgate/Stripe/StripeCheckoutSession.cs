using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/checkout/sessions/object</summary>
internal sealed record StripeCheckoutSession
{
    public required string Id { get; init; }

    /// <summary>
    /// Where the customer pays; null once the session is not open. Whoever has it can pay: do not log it.
    /// </summary>
    public string? Url { get; init; }

    /// <summary><c>open</c>, <c>complete</c>, <c>expired</c>.</summary>
    public string? Status { get; init; }

    /// <summary><c>paid</c>, <c>unpaid</c>, <c>no_payment_required</c>.</summary>
    public required string PaymentStatus { get; init; }

    /// <summary><c>subscription</c>, <c>payment</c>, <c>setup</c>.</summary>
    public required string Mode { get; init; }

    public string? CustomerId { get; init; }

    /// <summary>Null until the session is complete.</summary>
    public string? SubscriptionId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public required bool LiveMode { get; init; }

    internal static StripeCheckoutSession Of(Sdk.Checkout.Session it, Shape at)
    {
        at.Needs("id payment_status mode expires_at livemode").Names("url status customer subscription metadata");
        return new()
        {
            Id = it.Id,
            Url = it.Url,
            Status = it.Status,
            PaymentStatus = it.PaymentStatus,
            Mode = it.Mode,
            CustomerId = it.CustomerId,
            SubscriptionId = it.SubscriptionId,
            ExpiresAt = it.ExpiresAt.Utc(),
            Metadata = it.Metadata ?? [],
            LiveMode = it.Livemode,
        };
    }
}
