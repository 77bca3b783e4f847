using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tollgate.Accounts;

/// <summary>
/// The intent to make this account's one Customer, committed before Stripe is called, with the parameters frozen and
/// the idempotency key that every repetition uses (decision M2).
/// </summary>
internal sealed record CustomerIntent
{
    public required AccountId AccountId { get; init; }

    public required string IdempotencyKey { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class CustomerIntentMapping : IEntityTypeConfiguration<CustomerIntent>
{
    public void Configure(EntityTypeBuilder<CustomerIntent> builder)
    {
        builder.ToTable("customer_intents");
        builder.HasKey(intent => intent.AccountId);
        builder.Property(intent => intent.AccountId).HasMaxLength(AccountId.LongestValue);
    }
}
