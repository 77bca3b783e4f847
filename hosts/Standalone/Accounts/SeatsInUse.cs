using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Standalone.Accounts;

/// <summary>How many seats of an account are in use, as its app last said.</summary>
public sealed record SeatsInUse
{
    public required string AccountId { get; init; }

    public required int Seats { get; init; }
}

internal sealed class SeatsInUseMapping : IEntityTypeConfiguration<SeatsInUse>
{
    public void Configure(EntityTypeBuilder<SeatsInUse> builder)
    {
        builder.ToTable("seats_in_use");
        builder.HasKey(row => row.AccountId);
    }
}
