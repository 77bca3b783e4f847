using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>
/// The change that an account has arranged for the end of its period. The row is the intent, committed before Stripe is
/// called; the schedule's id follows.
/// </summary>
internal sealed record ScheduledChange
{
    public required AccountId AccountId { get; init; }

    public required string SubscriptionId { get; init; }

    /// <summary>Alias of the price from then on.</summary>
    public required string Price { get; init; }

    public required int Seats { get; init; }

    /// <summary>When the present period ends.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>sub_sched_…</c>; null until Stripe has it.</summary>
    public string? ScheduleId { get; init; }

    public IdempotencyKey Key(string step) =>
        new($"schedule-{step}-{SubscriptionId}-{CreatedAt.ToUnixTimeMilliseconds()}");
}

internal sealed class ScheduledChangeMapping : IEntityTypeConfiguration<ScheduledChange>
{
    public void Configure(EntityTypeBuilder<ScheduledChange> builder)
    {
        builder.ToTable("scheduled_changes");
        builder.HasKey(change => change.AccountId);
        builder.Property(change => change.AccountId).HasMaxLength(AccountId.LongestValue);
    }
}
