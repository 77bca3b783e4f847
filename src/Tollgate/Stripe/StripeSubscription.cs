namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/subscriptions/object</summary>
public sealed record StripeSubscription
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
}

/// <summary>https://docs.stripe.com/billing/subscriptions/pending-updates</summary>
/// <param name="ExpiresAt">Then its invoice is void and the subscription stays as it is.</param>
/// <param name="Items">What the items would be.</param>
public sealed record StripePendingUpdate(DateTimeOffset ExpiresAt, IReadOnlyList<StripePendingItem> Items);

/// <param name="Id">Of the item that there is: <c>si_…</c>.</param>
public sealed record StripePendingItem(string Id, string PriceId, long? Quantity);

/// <summary>https://docs.stripe.com/api/subscription_items/object</summary>
public sealed record StripeSubscriptionItem
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
}

internal sealed record SubscriptionWire(
    string Id,
    ExpandableId Customer,
    string Status,
    string Currency,
    bool CancelAtPeriodEnd,
    DateTimeOffset? CancelAt,
    DateTimeOffset? CanceledAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset Created,
    PauseCollectionWire? PauseCollection,
    BillingModeWire BillingMode,
    ExpandableInvoice? LatestInvoice,
    ExpandableId? DefaultPaymentMethod,
    ListWire<SubscriptionItemWire> Items,
    Dictionary<string, string> Metadata,
    bool Livemode,
    ExpandableId? Schedule,
    DateTimeOffset? TrialStart,
    DateTimeOffset? TrialEnd,
    PendingUpdateWire? PendingUpdate
) : IEmbedsLists<SubscriptionWire>
{
    public async Task<StripeAnswer<SubscriptionWire>> ReadListsAsync(
        StripeClient client,
        CancellationToken cancellationToken
    )
    {
        var whole = this;
        if (Items.HasMore)
        {
            var items = await client.ReadSubscriptionItems(Id, cancellationToken);
            if (items.Refusal is { } refusal)
            {
                return refusal;
            }

            whole = whole with { Items = new ListWire<SubscriptionItemWire>(items.Value, HasMore: false) };
        }

        if (LatestInvoice?.Invoice is not { Lines.HasMore: true } partial)
        {
            return whole;
        }

        var invoice = await partial.ReadListsAsync(client, cancellationToken);
        return invoice.Then(read => whole with { LatestInvoice = new ExpandableInvoice(read.Id, read) });
    }

    public StripeSubscription Read() =>
        new()
        {
            Id = Id,
            CustomerId = Customer.Id,
            Status = Status,
            Currency = Currency,
            CancelAtPeriodEnd = CancelAtPeriodEnd,
            CancelAt = CancelAt,
            CanceledAt = CanceledAt,
            EndedAt = EndedAt,
            Created = Created,
            TrialStart = TrialStart,
            TrialEnd = TrialEnd,
            PauseCollection = PauseCollection?.Behavior,
            BillingModeType = BillingMode.Type,
            LatestInvoiceId = LatestInvoice?.Id,
            LatestInvoice = LatestInvoice?.Invoice?.Read(),
            DefaultPaymentMethod = DefaultPaymentMethod?.Id,
            Items = Items.Read(item => item.Read()),
            Metadata = Metadata,
            Livemode = Livemode,
            ScheduleId = Schedule?.Id,
            PendingUpdate = PendingUpdate?.Read(),
        };
}

internal sealed record PendingUpdateWire(DateTimeOffset ExpiresAt, IReadOnlyList<PendingItemWire>? SubscriptionItems)
{
    public StripePendingUpdate Read() =>
        new(
            ExpiresAt,
            [.. (SubscriptionItems ?? []).Select(item => new StripePendingItem(item.Id, item.Price.Id, item.Quantity))]
        );
}

internal sealed record PendingItemWire(string Id, ExpandableId Price, long? Quantity = null);

internal sealed record PauseCollectionWire(string Behavior);

internal sealed record BillingModeWire(string Type);

internal sealed record SubscriptionItemWire(
    string Id,
    SubscriptionItemPriceWire Price,
    DateTimeOffset CurrentPeriodStart,
    DateTimeOffset CurrentPeriodEnd,
    long? Quantity = null
)
{
    public StripeSubscriptionItem Read() =>
        new()
        {
            Id = Id,
            PriceId = Price.Id,
            PriceLookupKey = Price.LookupKey,
            ProductId = Price.Product.Id,
            Quantity = Quantity,
            CurrentPeriodStart = CurrentPeriodStart,
            CurrentPeriodEnd = CurrentPeriodEnd,
            Interval = Price.Recurring?.Interval,
        };
}

internal sealed record SubscriptionItemPriceWire(
    string Id,
    ExpandableId Product,
    RecurringWire? Recurring,
    string? LookupKey
);
