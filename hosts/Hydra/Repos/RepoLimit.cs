using Tollgate;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Settings;

namespace Hydra.Repos;

/// <summary>How many repos a tenant may connect. What is connected stays, also over the limit.</summary>
internal sealed class RepoLimit(AccessGate gate, BillingSwitch billing)
{
    /// <summary>Null: as many as one likes.</summary>
    public async ValueTask<int?> FindAsync(AccountId tenant, CancellationToken cancellationToken)
    {
        var (_, decision) = await gate.DecideAsync(tenant, cancellationToken);
        return
            billing.IsOn
            && HydraPlans.ReposMax(decision.Plan) is { } most
            && await gate.RefuseAsync(tenant, Features.UnlimitedRepos, cancellationToken) is not null
            ? most
            : null;
    }

    /// <summary>Why one more repo is too many; null when it is not.</summary>
    public async ValueTask<Refusal?> RefuseAsync(AccountId tenant, int connected, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, cancellationToken) is not { } most || connected < most)
        {
            return null;
        }

        var refusal = await gate.RefuseAsync(tenant, Features.UnlimitedRepos, cancellationToken);
        return refusal is FeatureNotAvailable lacking ? new RepoLimitReached(lacking, connected, most) : refusal;
    }

    /// <summary>Why a tenant with this many repos cannot have a plan; null when it can.</summary>
    public static Refusal? FindMisfit(Plan target, int connected) =>
        HydraPlans.ReposMax(target) is { } most && connected > most
            ? new RepoLimitExceeded(target, connected, most)
            : null;
}

/// <summary>The plan's repos are all connected; the feature that lifts the limit is not part of it.</summary>
internal sealed record RepoLimitReached(FeatureNotAvailable Lacking, int Connected, int Limit)
    : Refusal(
        Lacking.Code,
        Lacking.HttpStatus,
        $"{Lacking.Current.Name} connects up to {Limit} repositories.",
        $"All {Limit} are in use. {string.Join(" and ", Lacking.Having.Select(plan => plan.Name))} have no limit."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [.. Lacking.Members, new("connected_repos", Connected), new("repo_limit", Limit)];
}

/// <summary>More repos are connected than the requested plan allows.</summary>
internal sealed record RepoLimitExceeded(Plan Target, int Connected, int Limit)
    : Refusal(
        "repo_limit_exceeded",
        409,
        $"{Target.Name} connects up to {Limit} repositories.",
        $"{Connected} are connected. Disconnect {Connected - Limit}, or choose a plan without a limit."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [new("plan", Target.Id), new("connected_repos", Connected), new("repo_limit", Limit)];
}
