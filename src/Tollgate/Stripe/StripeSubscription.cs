using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/subscriptions/object</summary>
internal sealed record StripeSubscription
{
    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>As Stripe spells it: <c>active</c>, <c>past_due</c>, and whatever comes to be.</summary>
    public required string Status { get; init; }

    /// <summary>ISO 4217, lower case: what it is billed in, which may be another than its prices' first.</summary>
    public string? Currency { get; init; }

    public required bool CancelAtPeriodEnd { get; init; }

    /// <summary>When it will be cancelled. May be set without <see cref="CancelAtPeriodEnd"/>: look at both.</summary>
    public DateTimeOffset? CancelAt { get; init; }

    /// <summary>When the cancellation was asked for, which is not when it takes effect.</summary>
    public DateTimeOffset? CanceledAt { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>When its trial began; null if it never had one.</summary>
    public DateTimeOffset? TrialStart { get; init; }

    /// <summary>When its trial ends, or ended.</summary>
    public DateTimeOffset? TrialEnd { get; init; }

    /// <summary>
    /// <c>void</c>, <c>keep_as_draft</c>, <c>mark_uncollectible</c>; null when collection is not paused.
    /// </summary>
    public string? PauseCollection { get; init; }

    /// <summary><c>classic</c> or <c>flexible</c>.</summary>
    public required string BillingModeType { get; init; }

    public string? LatestInvoiceId { get; init; }

    /// <summary>The latest invoice where it was expanded, as the client's calls do.</summary>
    public StripeInvoice? LatestInvoice { get; init; }

    /// <summary><c>pm_…</c></summary>
    public string? DefaultPaymentMethod { get; init; }

    /// <summary>All items, however many.</summary>
    public required IReadOnlyList<StripeSubscriptionItem> Items { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public required bool Livemode { get; init; }

    /// <summary><c>sub_sched_…</c> of the schedule that steers it.</summary>
    public string? ScheduleId { get; init; }

    /// <summary>A change that waits for <see cref="LatestInvoice"/> to be paid; null when none does.</summary>
    public StripePendingUpdate? PendingUpdate { get; init; }

    internal static StripeSubscription Of(Sdk.Subscription it, Shape at)
    {
        at.Needs("id customer status currency cancel_at_period_end created billing_mode items metadata livemode")
            .Names(
                "cancel_at canceled_at ended_at pause_collection latest_invoice default_payment_method schedule "
                    + "trial_start trial_end pending_update"
            );
        at.At("billing_mode").Needs("type");
        if (it.PauseCollection is not null)
        {
            at.At("pause_collection").Needs("behavior");
        }

        return new()
        {
            Id = it.Id,
            CustomerId = it.CustomerId,
            Status = it.Status,
            Currency = it.Currency,
            CancelAtPeriodEnd = it.CancelAtPeriodEnd,
            CancelAt = it.CancelAt.Utc(),
            CanceledAt = it.CanceledAt.Utc(),
            EndedAt = it.EndedAt.Utc(),
            Created = it.Created.Utc(),
            TrialStart = it.TrialStart.Utc(),
            TrialEnd = it.TrialEnd.Utc(),
            PauseCollection = it.PauseCollection?.Behavior,
            BillingModeType = it.BillingMode.Type,
            LatestInvoiceId = it.LatestInvoiceId,
            LatestInvoice = it.LatestInvoice is { } latest ? StripeInvoice.Of(latest, at.At("latest_invoice")) : null,
            DefaultPaymentMethod = it.DefaultPaymentMethodId,
            Items = at.Each("items", it.Items, StripeSubscriptionItem.Of),
            Metadata = it.Metadata,
            Livemode = it.Livemode,
            ScheduleId = it.ScheduleId,
            PendingUpdate = it.PendingUpdate is { } update
                ? StripePendingUpdate.Of(update, at.At("pending_update"))
                : null,
        };
    }
}

/// <summary>https://docs.stripe.com/billing/subscriptions/pending-updates</summary>
/// <param name="ExpiresAt">Then its invoice is void and the subscription stays as it is.</param>
/// <param name="Items">What the items would be.</param>
internal sealed record StripePendingUpdate(DateTimeOffset ExpiresAt, IReadOnlyList<StripePendingItem> Items)
{
    internal static StripePendingUpdate Of(Sdk.SubscriptionPendingUpdate it, Shape at)
    {
        at.Needs("expires_at");
        return new(it.ExpiresAt.Utc(), at.Each("subscription_items", it.SubscriptionItems, StripePendingItem.Of));
    }
}

/// <param name="Id">Of the item that there is: <c>si_…</c>.</param>
internal sealed record StripePendingItem(string Id, string PriceId, long? Quantity)
{
    internal static StripePendingItem Of(Sdk.SubscriptionItem it, Shape at)
    {
        at.Needs("id").At("price").Needs("id");
        return new(it.Id, it.Price.Id, at.Has("quantity") ? it.Quantity : null);
    }
}

/// <summary>https://docs.stripe.com/api/subscription_items/object</summary>
internal sealed record StripeSubscriptionItem
{
    public required string Id { get; init; }

    public required string PriceId { get; init; }

    public required string ProductId { get; init; }

    public string? PriceLookupKey { get; init; }

    /// <summary>Null for a metered price.</summary>
    public long? Quantity { get; init; }

    public required DateTimeOffset CurrentPeriodStart { get; init; }

    /// <summary>Moves at the renewal, before the money arrives.</summary>
    public required DateTimeOffset CurrentPeriodEnd { get; init; }

    /// <summary><c>month</c>, <c>year</c>, ...; null for a price that does not recur.</summary>
    public string? Interval { get; init; }

    internal static StripeSubscriptionItem Of(Sdk.SubscriptionItem it, Shape at)
    {
        at.Needs("id price current_period_start current_period_end");
        var price = at.At("price").Needs("id product").Names("recurring lookup_key");
        if (it.Price.Recurring is not null)
        {
            price.At("recurring").Needs("interval interval_count");
        }

        return new()
        {
            Id = it.Id,
            PriceId = it.Price.Id,
            PriceLookupKey = it.Price.LookupKey,
            ProductId = it.Price.ProductId,
            Quantity = at.Has("quantity") ? it.Quantity : null,
            CurrentPeriodStart = it.CurrentPeriodStart.Utc(),
            CurrentPeriodEnd = it.CurrentPeriodEnd.Utc(),
            Interval = it.Price.Recurring?.Interval,
        };
    }
}
