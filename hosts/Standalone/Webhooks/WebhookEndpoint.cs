using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Standalone.Webhooks;

/// <summary>An address of the app's that is told what happened.</summary>
public sealed record WebhookEndpoint
{
    /// <summary><c>wep_...</c></summary>
    public required string Id { get; init; }

    public required string Url { get; init; }

    /// <summary>Which types it gets; empty for all.</summary>
    public required string[] Types { get; init; }

    /// <summary>What signs, encrypted by the key ring.</summary>
    public required string Secret { get; init; }

    /// <summary>What signed before it was rotated, and signs too until <see cref="FormerUntil"/>.</summary>
    public string? FormerSecret { get; init; }

    /// <summary>Machine time.</summary>
    public DateTimeOffset? FormerUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it is told nothing: it was removed, or answered 410.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

internal sealed class WebhookEndpointMapping : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.ToTable("webhook_endpoints");
        builder.HasKey(endpoint => endpoint.Id);
    }
}
