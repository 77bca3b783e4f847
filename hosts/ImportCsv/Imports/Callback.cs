using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ImportCsv.Imports;

/// <summary>
/// The pending notice of a finished import to the address that its importer names. Written in the commit that
/// finishes the import, and sent until the address has taken it.
/// </summary>
public sealed record Callback
{
    public required Guid ImportId { get; init; }

    public required string Url { get; init; }

    public required string Secret { get; init; }

    public required string Body { get; init; }

    /// <summary><c>waiting</c>, <c>done</c>, or <c>dead</c> after the last attempt.</summary>
    public required string State { get; init; }

    public int Attempts { get; init; }

    /// <summary>Machine time.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    public string? LastError { get; init; }
}

internal sealed class CallbackMapping : IEntityTypeConfiguration<Callback>
{
    public void Configure(EntityTypeBuilder<Callback> builder)
    {
        builder.ToTable("callbacks");
        builder.HasKey(callback => callback.ImportId);
        builder.HasOne<Import>().WithOne().HasForeignKey<Callback>(callback => callback.ImportId);
        builder.HasIndex(callback => callback.NotBefore).HasFilter("state = 'waiting'");
    }
}
