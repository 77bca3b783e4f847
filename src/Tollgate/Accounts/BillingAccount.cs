using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tollgate.Accounts;

/// <summary>
/// Whoever is billed. It exists from the host's first word of it; at Stripe there is nothing until the first checkout.
/// </summary>
internal sealed record BillingAccount
{
    public required AccountId AccountId { get; init; }

    public required string Name { get; init; }

    public required string BillingEmail { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The one Customer of this account; null until its first checkout.</summary>
    public string? StripeCustomerId { get; init; }

    /// <summary>Since when nothing is left of it but ids; a closed account is never opened again.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}

internal sealed class BillingAccountMapping : IEntityTypeConfiguration<BillingAccount>
{
    public void Configure(EntityTypeBuilder<BillingAccount> builder)
    {
        builder.ToTable("accounts");
        builder.HasKey(account => account.AccountId);
        builder.Property(account => account.AccountId).HasMaxLength(AccountId.LongestValue);
        builder.Property(account => account.Name).HasMaxLength(200);
        builder.Property(account => account.BillingEmail).HasMaxLength(320);
        builder.HasIndex(account => account.StripeCustomerId).HasDatabaseName("accounts_by_customer");
    }
}
