using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/webhook_endpoints/object</summary>
internal sealed record StripeWebhookEndpoint
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

    internal static StripeWebhookEndpoint Of(Sdk.WebhookEndpoint it, Shape at)
    {
        at.Needs("id url status enabled_events metadata").Names("api_version");
        return new()
        {
            Id = it.Id,
            Url = it.Url,
            Status = it.Status,
            EnabledEvents = it.EnabledEvents,
            ApiVersion = it.ApiVersion,
            Secret = it.Secret,
            Metadata = it.Metadata,
        };
    }
}

/// <summary>
/// What <see cref="StripeClient.CreateWebhookEndpoint"/> sends. The client's pinned version goes with it.
/// </summary>
internal sealed record WebhookEndpointParams
{
    public required Uri Url { get; init; }

    /// <summary>Event types, or <c>*</c> alone.</summary>
    public required IReadOnlyList<string> EnabledEvents { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal Sdk.WebhookEndpointCreateOptions ToOptions() =>
        new Sdk.WebhookEndpointCreateOptions
        {
            Url = Url.AbsoluteUri,
            EnabledEvents = [.. EnabledEvents],
            ApiVersion = StripeClient.ApiVersion,
        }
            .Given(Description, (options, text) => options.Description = text)
            .WithMetadata(Metadata);
}

/// <summary>What <see cref="StripeClient.UpdateWebhookEndpoint"/> changes; a null leaves things as they are.</summary>
internal sealed record WebhookEndpointUpdate
{
    public Uri? Url { get; init; }

    public IReadOnlyList<string>? EnabledEvents { get; init; }

    public bool? Disabled { get; init; }

    public FormText Description { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal Sdk.WebhookEndpointUpdateOptions ToOptions() =>
        new Sdk.WebhookEndpointUpdateOptions
        {
            Url = Url?.AbsoluteUri,
            EnabledEvents = EnabledEvents is null ? null : [.. EnabledEvents],
            Disabled = Disabled,
        }
            .Given(Description.Text, (options, text) => options.Description = text)
            .WithMetadata(Metadata);
}
