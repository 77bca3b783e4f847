using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hydra.Storage;

/// <summary>One thing that somebody changed, as the audit log shows it.</summary>
public sealed record LogEntry
{
    public required Guid Id { get; init; }

    public required string OrganizationId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>E-mail of who did it, as it was then.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done: <c>repo_connected</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to.</summary>
    public required string Subject { get; init; }
}

internal sealed class LogEntryMapping : IEntityTypeConfiguration<LogEntry>
{
    public void Configure(EntityTypeBuilder<LogEntry> builder)
    {
        builder.ToTable("LogEntries");
        builder.HasOne<Organization>().WithMany().HasForeignKey(entry => entry.OrganizationId);
        builder.HasIndex(entry => new { entry.OrganizationId, entry.At });
    }
}
