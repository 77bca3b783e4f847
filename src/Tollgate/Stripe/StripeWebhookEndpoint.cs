namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/webhook_endpoints/object</summary>
public sealed record StripeWebhookEndpoint
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    /// <summary><c>enabled</c> or <c>disabled</c>.</summary>
    public required string Status { get; init; }

    public required IReadOnlyList<string> EnabledEvents { get; init; }

    /// <summary>The version its events are rendered in; null is the account's. Set at creation, for good.</summary>
    public string? ApiVersion { get; init; }

    /// <summary><c>whsec_…</c>, in the answer to the creation and never again. Not part of the text form.</summary>
    public string? Secret { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{nameof(StripeWebhookEndpoint)} {{ {Id}, {Url}, {Status} }}";
}

/// <summary>
/// What <see cref="StripeClient.CreateWebhookEndpoint"/> sends. The client's pinned version goes with it.
/// </summary>
public sealed record WebhookEndpointParams
{
    public required Uri Url { get; init; }

    /// <summary>Event types, or <c>*</c> alone.</summary>
    public required IReadOnlyList<string> EnabledEvents { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal void Write(FormWriter form)
    {
        form.Add("url", Url);
        form.Add("enabled_events", EnabledEvents);
        form.Add("api_version", StripeClient.ApiVersion);
        form.Add("description", Description);
        form.Add("metadata", Metadata);
    }
}

/// <summary>What <see cref="StripeClient.UpdateWebhookEndpoint"/> changes; a null leaves things as they are.</summary>
public sealed record WebhookEndpointUpdate
{
    public Uri? Url { get; init; }

    public IReadOnlyList<string>? EnabledEvents { get; init; }

    public bool? Disabled { get; init; }

    public FormText Description { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal void Write(FormWriter form)
    {
        form.Add("url", Url);
        form.Add("enabled_events", EnabledEvents);
        form.Add("disabled", Disabled);
        form.Add("description", Description);
        form.Add("metadata", Metadata);
    }
}

internal sealed record WebhookEndpointWire(
    string Id,
    string Url,
    string Status,
    IReadOnlyList<string> EnabledEvents,
    string? ApiVersion,
    Dictionary<string, string> Metadata,
    string? Secret = null
)
{
    public StripeWebhookEndpoint Read() =>
        new()
        {
            Id = Id,
            Url = Url,
            Status = Status,
            EnabledEvents = EnabledEvents,
            ApiVersion = ApiVersion,
            Secret = Secret,
            Metadata = Metadata,
        };
}
