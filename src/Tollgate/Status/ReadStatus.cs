using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Changes;
using Tollgate.Settings;
using Tollgate.Subscriptions;
using Tollgate.Usage;

namespace Tollgate.Status;

/// <summary>What an account has now: its plan, what it used, what ends when. It reads, and writes nothing.</summary>
public sealed class ReadStatus
{
    private readonly AccessGate gate;
    private readonly UsageMeters meters;
    private readonly HostDirectory directory;
    private readonly PlanCatalog catalog;
    private readonly PriceBook prices;
    private readonly BillingSwitch billing;
    private readonly ChangeAtPeriodEnd changes;
    private readonly BillingClock clock;

    internal ReadStatus(
        AccessGate gate,
        UsageMeters meters,
        HostDirectory directory,
        PlanCatalog catalog,
        PriceBook prices,
        BillingSwitch billing,
        ChangeAtPeriodEnd changes,
        BillingClock clock
    )
    {
        this.gate = gate;
        this.meters = meters;
        this.directory = directory;
        this.catalog = catalog;
        this.prices = prices;
        this.billing = billing;
        this.changes = changes;
        this.clock = clock;
    }

    /// <summary>What it has at this moment of billing time.</summary>
    public async Task<BillingStatus> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        var (state, decision) = await gate.DecideAsync(account, cancellationToken);
        var isOn = billing.IsOn;
        var plan = isOn ? decision.Plan : catalog.WithoutSubscription;
        var kind = catalog.KindOf(plan);
        // a paid plan that limits nothing has nothing to show of its use
        var reading =
            kind == PlanKind.Free || plan.Limits.Count > 0 ? meters.ReadAsync(account, cancellationToken) : null;
        var seatsInUse = await directory.CountSeatsInUseAsync(account, cancellationToken);
        var status = new BillingStatus
        {
            Kind = kind,
            Tier = plan.Id,
            TierName = plan.Name,
            BillingEnabled = isOn,
            Features =
            [
                .. plan.Features.Union(decision.Denial is null ? state.Entitlements : []).Order(StringComparer.Ordinal),
            ],
            SeatsInUse = seatsInUse,
            SeatHolder = catalog.SeatHolder.ByLanguage,
            Now = clock.Now,
            Override = state.OverrideAt(clock.Now) is { } tier ? new TierOverride(tier, state.OverrideUntil) : null,
        };
        if (reading is not null)
        {
            status = WithUse(status, await reading);
        }

        return kind == PlanKind.Paid
            ? WithSubscription(status, state) with
            {
                ScheduledChange = await FindScheduledAsync(state, cancellationToken),
            }
            : status with
            {
                // a trial that paused has no payment outstanding: another plan may be bought
                Status =
                    decision.Denial is DenialReason.PaymentFailed && state.StripeStatus is not "paused"
                        ? state.Status
                        : null,
            };
    }

    private static BillingStatus WithUse(BillingStatus status, IReadOnlyList<MeterReading> readings) =>
        status with
        {
            Limits = readings.ToDictionary(
                reading => reading.Meter.StatusName,
                reading => new MeterStatus(
                    reading.Meter.Id,
                    reading.Meter.Name,
                    reading.Used,
                    reading.Limit,
                    reading.Meter.Noun.ByLanguage
                )
            ),
            ResetAt = readings.Min(reading => reading.WindowEndsAt),
        };

    // Only while a schedule steers the subscription is there anything to read, and once it has come it is not pending.
    private async Task<ScheduledTier?> FindScheduledAsync(
        SubscriptionState state,
        CancellationToken cancellationToken
    ) =>
        state.ScheduleId is { } schedule
        && await changes.FindAsync(state.AccountId, cancellationToken) is { } change
        && change.ScheduleId == schedule
        && clock.Now < change.EffectiveAt
            ? new ScheduledTier(change.Price, change.Seats, change.EffectiveAt)
            : null;

    private BillingStatus WithSubscription(BillingStatus status, SubscriptionState state) =>
        status with
        {
            Seats = state.Seats,
            Status = state.Status,
            PeriodEnd = state.PaidThrough,
            PriceId =
                state.PriceId is { } id && prices.TryRecognise(id, out var price) ? price.Price.Alias : state.PriceId,
            Interval = state.BillingInterval,
            Currency = state.Currency,
            TrialEndsAt = state.TrialEndsAt,
            AddOns = state.AddOns,
            PendingChange =
                state.PendingChange is { } waiting && clock.Now < waiting.ExpiresAt
                    ? new PendingTier(
                        prices.TryRecognise(waiting.PriceId, out var then) ? then.Price.Alias : waiting.PriceId,
                        waiting.Seats,
                        waiting.ExpiresAt,
                        waiting.PaymentUrl
                    )
                    : null,
            EndsAt = state.EndsAt ?? (state.Status == SubscriptionStatus.Canceled ? state.PaidThrough : null),
            GraceEndsAt = state.Status == SubscriptionStatus.PastDue ? state.GraceEndOf(catalog) : null,
        };
}

/// <summary>
/// The status answer. <see cref="Limits"/> and <see cref="ResetAt"/> on the free plan and on a paid one that limits
/// something; what a subscription says on a paid plan.
/// </summary>
public sealed record BillingStatus
{
    /// <summary>Whether there is a plan, and whether it is a paid one.</summary>
    public required PlanKind Kind { get; init; }

    /// <summary>Id of the plan; <c>none</c> where there is none.</summary>
    public required string Tier { get; init; }

    public required string TierName { get; init; }

    public required bool BillingEnabled { get; init; }

    /// <summary>By id: the plan's, and those that Stripe's entitlements add.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    public required int SeatsInUse { get; init; }

    /// <summary>Who sits on a seat, by language: <c>en</c>, <c>de</c>.</summary>
    public required IReadOnlyDictionary<string, NounWords> SeatHolder { get; init; }

    /// <summary>Billing time, from which pages count the days left; in Development it is the Sandbox's.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>By the meter's status name: <c>fixes</c>.</summary>
    public IReadOnlyDictionary<string, MeterStatus>? Limits { get; init; }

    /// <summary>When the counters start again; null until the first use.</summary>
    public DateTimeOffset? ResetAt { get; init; }

    /// <summary>Paid for; null without a paid plan.</summary>
    public int? Seats { get; init; }

    /// <summary>Without a paid plan only where a payment failed for so long that it closed the plan.</summary>
    public SubscriptionStatus? Status { get; init; }

    /// <summary>Paid through.</summary>
    public DateTimeOffset? PeriodEnd { get; init; }

    /// <summary>Alias of the price.</summary>
    public string? PriceId { get; init; }

    public BillingInterval? Interval { get; init; }

    /// <summary>What it is billed in.</summary>
    public string? Currency { get; init; }

    /// <summary>When a scheduled cancellation takes effect, or paid time runs out after one.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>While a payment is past due: until when the plan holds without it.</summary>
    public DateTimeOffset? GraceEndsAt { get; init; }

    /// <summary>While the plan is on trial: when it is over.</summary>
    public DateTimeOffset? TrialEndsAt { get; init; }

    /// <summary>What the subscription holds beside the plan.</summary>
    public IReadOnlyList<HeldAddOn>? AddOns { get; init; }

    /// <summary>The change that is arranged for the end of the period; null when there is none.</summary>
    public ScheduledTier? ScheduledChange { get; init; }

    /// <summary>The change that waits for its payment to be confirmed; null when there is none.</summary>
    public PendingTier? PendingChange { get; init; }

    /// <summary>While an administrator has set the tier by hand.</summary>
    public TierOverride? Override { get; init; }
}

/// <summary>A tier set by hand, and until when it holds; null for no end.</summary>
public sealed record TierOverride(string Tier, DateTimeOffset? Until);

/// <summary>What the account used of a meter in its window.</summary>
/// <param name="Limit">Null is unlimited.</param>
/// <param name="Noun">One use and several, by language.</param>
public sealed record MeterStatus(
    string Meter,
    string Name,
    int Used,
    int? Limit,
    IReadOnlyDictionary<string, NounWords> Noun
);

/// <summary>A change that is arranged for the end of the period.</summary>
/// <param name="PriceId">Alias of the price from then on.</param>
public sealed record ScheduledTier(string PriceId, int Seats, DateTimeOffset EffectiveAt);

/// <summary>A change that waits for its payment to be confirmed, and is forgotten when it expires.</summary>
/// <param name="PriceId">Alias of the price after the change.</param>
/// <param name="PaymentUrl">Where the payment is confirmed; only billing admins see it.</param>
public sealed record PendingTier(string PriceId, int Seats, DateTimeOffset ExpiresAt, string? PaymentUrl);
