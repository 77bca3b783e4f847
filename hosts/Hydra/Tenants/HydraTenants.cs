using System.Security.Claims;
using Hydra.Repos;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Catalog;

namespace Hydra.Tenants;

/// <summary>
/// Tells Tollgate who calls. The principal holds only the user's id; tenant and role are looked up each time.
/// </summary>
internal sealed class HydraTenants(IDbContextFactory<HydraDb> contexts) : IAccountDirectory
{
    public async ValueTask<BillingCaller?> FindCallerAsync(
        ClaimsPrincipal principal,
        CancellationToken cancellationToken
    )
    {
        var userId = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var membership = await db
            .Memberships.AsNoTracking()
            .SingleOrDefaultAsync(row => row.UserId == userId, cancellationToken);
        return membership is null
            ? null
            : new BillingCaller(new AccountId(membership.OrganizationId), IsBillingAdmin: membership.IsOwner);
    }

    /// <summary>A seat is a developer with a connected repo.</summary>
    public async ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Developer>()
            .Where(developer => developer.OrganizationId == account.Value)
            .CountAsync(
                developer => db.Set<Contribution>().Any(contribution => contribution.DeveloperId == developer.Id),
                cancellationToken
            );
    }

    public async ValueTask<Refusal?> FindMisfitAsync(
        AccountId account,
        Plan target,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var connected = await db.Set<Repo>()
            .CountAsync(repo => repo.OrganizationId == account.Value, cancellationToken);
        return RepoLimit.FindMisfit(target, connected);
    }
}
