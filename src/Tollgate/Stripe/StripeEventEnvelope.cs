namespace Tollgate.Stripe;

/// <summary>
/// Of a webhook's body what is needed to record it and to know which account to sync. All else is fetched.
/// </summary>
internal sealed record StripeEventEnvelope
{
    /// <summary><c>evt_…</c></summary>
    public required string Id { get; init; }

    /// <summary><c>invoice.paid</c></summary>
    public required string Type { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required bool Livemode { get; init; }

    public string? ApiVersion { get; init; }

    /// <summary><c>data.object.object</c>: <c>invoice</c>, <c>subscription</c>, ...</summary>
    public string? ObjectType { get; init; }

    /// <summary>Null for an object that has none, such as the summary of entitlements.</summary>
    public string? ObjectId { get; init; }

    /// <summary>The object's customer, or the object itself when it is one.</summary>
    public string? CustomerId { get; init; }

    /// <summary>
    /// The object's subscription (of an invoice <c>parent.subscription_details.subscription</c>), or the object itself
    /// when it is one.
    /// </summary>
    public string? SubscriptionId { get; init; }
}

/// <summary>What came of reading a webhook's body.</summary>
internal abstract record StripeEventReading
{
    private StripeEventReading() { }

    public sealed record Readable(StripeEventEnvelope Envelope) : StripeEventReading;

    /// <summary>Signed, recorded and quarantined.</summary>
    /// <param name="Member">Where: <c>data.object.customer</c>; empty for the whole.</param>
    /// <param name="EventId">When the id was well-formed and came before the fault.</param>
    public sealed record Unreadable(StripeEventFault Fault, string Member, string? EventId) : StripeEventReading;
}

/// <summary>Why a body is no event that can be acted on.</summary>
internal enum StripeEventFault
{
    /// <summary>Not JSON in UTF-8, nested more than 64 deep, or with something after its end.</summary>
    NotJson,

    /// <summary>A member that must be there is not.</summary>
    Missing,

    /// <summary>A member that is read is there twice. Readers differ on which one counts, so neither does.</summary>
    Duplicate,

    /// <summary>A member has another type, form or range than Stripe's.</summary>
    Malformed,
}
