using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Tollgate.Catalog;
using Tollgate.Storage;

namespace Tollgate.Subscriptions;

/// <summary>
/// What gates an account: the projection of its current subscription at Stripe, one row per account. Written by
/// <c>SubscriptionSync</c> and by nothing else.
/// </summary>
public sealed record SubscriptionState
{
    public required AccountId AccountId { get; init; }

    /// <summary>The paid plan that gates, by its id in the catalog; null without one.</summary>
    public string? Plan { get; init; }

    /// <summary>The current subscription at Stripe: of several the one with the better access (decision S5).</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Stripe's status as it came.</summary>
    public string? StripeStatus { get; init; }

    public SubscriptionStatus? Status { get; init; }

    /// <summary>Stripe's price id of the base item.</summary>
    public string? PriceId { get; init; }

    public BillingInterval? BillingInterval { get; init; }

    /// <summary>What it is billed in: the customer's currency, for good. ISO 4217, lower case.</summary>
    public string? Currency { get; init; }

    public int? Seats { get; init; }

    /// <summary>
    /// Latest end of a paid, non-proration line of any of the account's subscriptions; never moves back (decision S1).
    /// </summary>
    public DateTimeOffset? PaidThrough { get; init; }

    /// <summary>
    /// Earliest failure of the open episode of an unpaid base invoice; null outside of one (decision S4).
    /// </summary>
    public DateTimeOffset? PastDueSince { get; init; }

    /// <summary>While it is on trial: when the trial ends.</summary>
    public DateTimeOffset? TrialEndsAt { get; init; }

    /// <summary>When a scheduled cancellation takes effect.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The schedule at Stripe that steers it: a change at the end of the period is arranged.</summary>
    public string? ScheduleId { get; init; }

    /// <summary>A change that waits for its payment to be confirmed.</summary>
    public PendingChange? PendingChange { get; init; }

    /// <summary>What the subscription holds beside the plan; it gates nothing.</summary>
    public HeldAddOn[] AddOns { get; init; } = [];

    /// <summary>Refunds and disputes, the oldest first.</summary>
    public RefundOrDispute[] RefundsAndDisputes { get; init; } = [];

    /// <summary>Lookup keys of the features that Stripe's entitlement list grants.</summary>
    public string[] Entitlements { get; init; } = [];

    /// <summary>
    /// Parts that Stripe would not say when it was last asked, and that are as they were before: <c>entitlements</c>,
    /// <c>refunds</c>. They are asked for again.
    /// </summary>
    public string[] Stale { get; init; } = [];

    /// <summary>
    /// An administrator's tier, which wins until <see cref="OverrideUntil"/>, or until it is taken back (decision S10).
    /// </summary>
    public string? OverrideTier { get; init; }

    public string? OverrideAuthor { get; init; }

    public string? OverrideReason { get; init; }

    /// <summary>Billing time; null for an override without an end.</summary>
    public DateTimeOffset? OverrideUntil { get; init; }

    /// <summary>When Stripe was last asked.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Grows by one with every change of the columns above, except <see cref="VerifiedAt"/>.</summary>
    public long Version { get; init; }

    /// <summary>An account that never had a subscription.</summary>
    public static SubscriptionState None(AccountId account) => new() { AccountId = account };

    /// <summary>As the account stands now, not tracked.</summary>
    internal static async Task<SubscriptionState> LoadAsync(
        TollgateDb db,
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        await db.Set<SubscriptionState>()
            .AsNoTracking()
            .SingleOrDefaultAsync(state => state.AccountId == account, cancellationToken)
        ?? None(account);

    /// <summary>The override's tier while it holds; null outside.</summary>
    public string? OverrideAt(DateTimeOffset now) => OverrideUntil is null || now < OverrideUntil ? OverrideTier : null;

    /// <summary>The override's tier while it holds, else the projected one; null without either.</summary>
    public string? TierAt(DateTimeOffset now) => OverrideAt(now) ?? Plan;

    /// <summary>
    /// End of the grace, whole days from the first failure (decision S12); null outside of an episode.
    /// </summary>
    public DateTimeOffset? GraceEndOf(PlanCatalog catalog) => PastDueSince + catalog.Grace;

    internal SubscriptionState WithoutEndedOverride(DateTimeOffset now) =>
        OverrideUntil is null || now < OverrideUntil
            ? this
            : this with
            {
                OverrideTier = null,
                OverrideAuthor = null,
                OverrideReason = null,
                OverrideUntil = null,
            };

    /// <summary>True when both say the same of the subscription, whenever and however often they were read.</summary>
    public bool HasSameContentAs(SubscriptionState other) =>
        Entitlements.AsSpan().SequenceEqual(other.Entitlements)
        && Stale.AsSpan().SequenceEqual(other.Stale)
        && AddOns.AsSpan().SequenceEqual(other.AddOns)
        && RefundsAndDisputes.AsSpan().SequenceEqual(other.RefundsAndDisputes)
        && this with
        {
            Entitlements = other.Entitlements,
            Stale = other.Stale,
            AddOns = other.AddOns,
            RefundsAndDisputes = other.RefundsAndDisputes,
            VerifiedAt = other.VerifiedAt,
            Version = other.Version,
        } == other;
}

/// <summary>The five statuses of the contract; Stripe's others map onto them (decision S6).</summary>
public enum SubscriptionStatus
{
    Active,
    PastDue,
    Canceled,
    Unpaid,
    Incomplete,
}

internal sealed class SubscriptionStateMapping : IEntityTypeConfiguration<SubscriptionState>
{
    public void Configure(EntityTypeBuilder<SubscriptionState> builder)
    {
        builder.ToTable("subscriptions");
        builder.HasKey(state => state.AccountId);
        builder.Property(state => state.AccountId).HasMaxLength(AccountId.LongestValue);
        builder.Property(state => state.Status).HasConversion<StatusConverter>();
        builder.Property(state => state.BillingInterval).HasConversion<IntervalConverter>();
        builder
            .Property(state => state.AddOns)
            .HasConversion<JsonConverter<HeldAddOn>, JsonComparer<HeldAddOn>>()
            .HasColumnType("jsonb")
            .HasDefaultValueSql("'[]'");
        builder
            .Property(state => state.RefundsAndDisputes)
            .HasConversion<JsonConverter<RefundOrDispute>, JsonComparer<RefundOrDispute>>()
            .HasColumnType("jsonb")
            .HasDefaultValueSql("'[]'");
        builder.Property(state => state.PendingChange).HasConversion<PendingConverter>().HasColumnType("jsonb");
        builder.HasIndex(state => state.SubscriptionId).HasDatabaseName("subscriptions_by_subscription");
    }

    private sealed class StatusConverter()
        : ValueConverter<SubscriptionStatus, string>(
            status => StatusNames.ToText(status),
            text => StatusNames.ToStatus(text)
        );

    private sealed class JsonConverter<T>()
        : ValueConverter<T[], string>(
            items => JsonSerializer.Serialize(items, AuditEntry.Json),
            text => JsonSerializer.Deserialize<T[]>(text, AuditEntry.Json)!
        );

    private sealed class JsonComparer<T>()
        : ValueComparer<T[]>(
            (one, other) => one!.SequenceEqual(other!),
            items => items.Length,
            items => items.ToArray()
        );

    private sealed class PendingConverter()
        : ValueConverter<PendingChange, string>(
            pending => JsonSerializer.Serialize(pending, AuditEntry.Json),
            text => JsonSerializer.Deserialize<PendingChange>(text, AuditEntry.Json)!
        );

    private sealed class IntervalConverter()
        : ValueConverter<BillingInterval, string>(
            interval => interval.ToString().ToLowerInvariant(),
            text => Enum.Parse<BillingInterval>(text, ignoreCase: true)
        );
}
