using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tollgate.Checkout;

/// <summary>
/// The one open Checkout Session of an account (decision M3). The row is the intent, committed before Stripe is called;
/// the session's id and URL follow.
/// </summary>
internal sealed record OpenCheckout
{
    public required AccountId AccountId { get; init; }

    public required string IdempotencyKey { get; init; }

    /// <summary>Alias of the price: <c>team_monthly</c>.</summary>
    public required string Price { get; init; }

    /// <summary>What is paid in; null where the catalog sells in one.</summary>
    public string? Currency { get; init; }

    public required int Seats { get; init; }

    /// <summary>Least seats that Stripe's page lets the customer choose.</summary>
    public required int SeatsMin { get; init; }

    /// <summary>Days for nothing at the beginning; 0 for none.</summary>
    public int TrialDays { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? SessionId { get; init; }

    /// <summary>Where the customer pays. Whoever has it can pay: it is never logged.</summary>
    public string? Url { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

internal sealed class OpenCheckoutMapping : IEntityTypeConfiguration<OpenCheckout>
{
    public void Configure(EntityTypeBuilder<OpenCheckout> builder)
    {
        builder.ToTable("open_checkouts");
        builder.HasKey(checkout => checkout.AccountId);
        builder.Property(checkout => checkout.AccountId).HasMaxLength(AccountId.LongestValue);
    }
}
