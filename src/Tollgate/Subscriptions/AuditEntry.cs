using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tollgate.Subscriptions;

/// <summary>
/// One change of an account's gating state: why, from what, to what. Written in the same commit as the change.
/// </summary>
internal sealed record AuditEntry
{
    /// <summary>Names, not numbers, for whoever reads it in years.</summary>
    public static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    public long Id { get; init; }

    public required AccountId AccountId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What caused the sync: event ids, <c>deadline</c>, <c>checkout</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>The state before, as JSON.</summary>
    public required string Before { get; init; }

    /// <summary>The state after, as JSON.</summary>
    public required string After { get; init; }
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.HasKey(entry => new { entry.AccountId, entry.Id });
        builder.Property(entry => entry.AccountId).HasMaxLength(AccountId.LongestValue);
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.Before).HasColumnType("jsonb");
        builder.Property(entry => entry.After).HasColumnType("jsonb");
    }
}
