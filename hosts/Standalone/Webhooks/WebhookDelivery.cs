using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Standalone.Webhooks;

/// <summary>A message to one endpoint, and what became of it.</summary>
public sealed record WebhookDelivery
{
    public const string Waiting = "waiting";
    public const string Done = "done";

    /// <summary>The last attempt failed; <c>webhooks replay</c> begins anew.</summary>
    public const string Dead = "dead";

    public long Id { get; init; }

    public required string EndpointId { get; init; }

    /// <summary>The same for every attempt, and for every endpoint: the receiver knows a repetition by it.</summary>
    public required string MessageId { get; init; }

    public required string AccountId { get; init; }

    /// <summary><c>subscription.changed</c></summary>
    public required string Type { get; init; }

    public required string Body { get; init; }

    /// <summary>One of <see cref="Waiting"/>, <see cref="Done"/>, <see cref="Dead"/>.</summary>
    public required string State { get; init; }

    public int Attempts { get; init; }

    /// <summary>Machine time.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; init; }
}

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.HasKey(delivery => delivery.Id);
        builder.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(delivery => delivery.EndpointId);
        builder.HasIndex(delivery => new { delivery.EndpointId, delivery.MessageId }).IsUnique();
        builder.HasIndex(delivery => delivery.NotBefore).HasFilter("state = 'waiting'");
        builder.HasIndex(delivery => delivery.AccountId);
    }
}
