using ImportCsv.PlanLimits;
using Tollgate;
using Tollgate.Access;
using Tollgate.Settings;
using Tollgate.Usage;

namespace ImportCsv.Cloud;

/// <summary>The plan's limits, counted by the meter: a month of the calendar in UTC (decision U4).</summary>
internal sealed class CloudLimits(
    AccessGate gate,
    PaymentBlock block,
    UsageMeters meters,
    BillingSwitch billing,
    TollgateOptions options,
    BillingClock clock
) : IPlanLimits
{
    public bool TracksUsage => true;

    public async Task<ImportTerms> ReadAsync(string userId, CancellationToken cancellationToken)
    {
        var account = new AccountId(userId);
        var (state, decision) = await gate.DecideAsync(account, cancellationToken);
        var reading = (await meters.ReadAsync(account, cancellationToken)).Single();
        var isFree = !billing.IsOn;
        return new ImportTerms(
            decision.Plan.Id,
            reading.Used,
            isFree ? null : reading.Limit,
            isFree ? null : ImportCsvPlans.RowsMax(decision.Plan),
            reading.WindowEndsAt ?? EndOfMonth(clock.Now),
            Has(Features.RemovableBadge) ? Badge.AsSet : Badge.Always,
            Has(Features.CustomCss),
            options.UpgradeUrl
        )
        {
            IsPaused = block.IsOn(state, decision),
        };

        bool Has(string feature) => isFree || decision.GrantOf(feature, state) != FeatureGrant.None;
    }

    public async Task<Refusal?> FindBlockAsync(string userId, CancellationToken cancellationToken) =>
        await block.FindAsync(new AccountId(userId), cancellationToken);

    public async Task<Refusal?> ReserveAsync(string userId, string key, CancellationToken cancellationToken)
    {
        var account = new AccountId(userId);
        var held = await meters.ReserveAsync(account, Meters.Import, key, cancellationToken);
        if (held.Refusal is not MeterLimitReached { Use: var use })
        {
            return held.Refusal;
        }

        var (_, decision) = await gate.DecideAsync(account, cancellationToken);
        return new ImportLimitReached(use.Limit, use.Used, decision.Plan.Id, use.ResetAt, options.UpgradeUrl);
    }

    public Task CommitAsync(string userId, string key, CancellationToken cancellationToken) =>
        meters.CommitAsync(new AccountId(userId), Meters.Import, key, cancellationToken);

    public Task ReleaseAsync(string userId, string key, CancellationToken cancellationToken) =>
        meters.ReleaseAsync(new AccountId(userId), Meters.Import, key, cancellationToken);

    private static DateTimeOffset EndOfMonth(DateTimeOffset now) =>
        new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
}
