using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Usage;

namespace Tollgate.Status;

/// <summary>
/// A reached limit by the plan that the account has now: the free one's, a paid one's, or a plan is needed first.
/// </summary>
internal sealed class MeterRefusals(AccessGate gate, PlanCatalog catalog, TollgateOptions options) : IMeterRefusals
{
    public async ValueTask<Refusal> RefuseAsync(AccountId account, MeterUse use, CancellationToken cancellationToken)
    {
        var (_, decision) = await gate.DecideAsync(account, cancellationToken);
        var more = use with { PlanWithMore = catalog.FindWithMore(use.Meter, use.Limit) };
        return catalog.KindOf(decision.Plan) switch
        {
            PlanKind.None => new SubscriptionRequired(
                use.Meter.Id,
                more.PlanWithMore,
                decision.Denial ?? DenialReason.PlanRequired,
                options.UpgradeUrl
            )
            {
                IsOfMeter = true,
            },
            PlanKind.Free => new FreeTierLimitReached(more, options.UpgradeUrl) { MeterMember = catalog.MeterMember },
            _ => new UsageLimitReached(decision.Plan, more, options.UpgradeUrl) { MeterMember = catalog.MeterMember },
        };
    }
}
