using Tollgate.Catalog;
using Tollgate.Settings;

namespace Tollgate.Access;

/// <summary>Every feature that the catalog declares, and whether the account has it now. Writes nothing.</summary>
internal sealed class ReadFeatures(AccessGate gate, PlanCatalog catalog, TollgateOptions options, BillingSwitch billing)
{
    public async Task<FeatureList> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        var (state, decision) = await gate.DecideAsync(account, cancellationToken);
        return new FeatureList(
            decision.Plan.Id,
            [
                .. catalog.Features.Select(feature =>
                {
                    var grant = decision.GrantOf(feature, state);
                    return new FeatureOffer(
                        feature,
                        Granted: grant != FeatureGrant.None || !billing.IsOn,
                        grant,
                        [.. catalog.Plans.Where(plan => plan.Features.Contains(feature)).Select(plan => plan.Id)]
                    );
                }),
            ],
            options.UpgradeUrl
        );
    }
}

/// <param name="Plan">The tier that holds now.</param>
internal sealed record FeatureList(string Plan, IReadOnlyList<FeatureOffer> Features, Uri UpgradeUrl);

/// <param name="Granted">Open to the account now; true for all while billing is switched off.</param>
/// <param name="GrantedBy">What grants it, whatever the switch says.</param>
/// <param name="Plans">Tiers that have it.</param>
internal sealed record FeatureOffer(string Feature, bool Granted, FeatureGrant GrantedBy, IReadOnlyList<string> Plans);
