using System.Runtime.CompilerServices;
using System.Security.Claims;
using Hydra.Repos;
using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Catalog;

namespace Hydra;

/// <summary>
/// Gives Tollgate the caller and the list of tenants. The principal holds only the user's id; tenant and role are
/// looked up each time.
/// </summary>
internal sealed class HydraTenants(IDbContextFactory<HydraDb> contexts) : IAccountDirectory, IHostAccounts
{
    // asked on every call, and so compiled once
    private static readonly Func<HydraDb, string?, CancellationToken, Task<Membership?>> FindMembershipAsync =
        EF.CompileAsyncQuery(
            (HydraDb db, string? userId, CancellationToken _) =>
                db.Memberships.AsNoTracking().SingleOrDefault(row => row.UserId == userId)
        );

    private static readonly Func<HydraDb, string, CancellationToken, Task<int>> CountDevelopersAsync =
        EF.CompileAsyncQuery(
            (HydraDb db, string organization, CancellationToken _) =>
                db.Set<Developer>()
                    .Count(developer =>
                        developer.OrganizationId == organization
                        && db.Set<Contribution>().Any(contribution => contribution.DeveloperId == developer.Id)
                    )
        );

    public async ValueTask<BillingCaller?> FindCallerAsync(
        ClaimsPrincipal principal,
        CancellationToken cancellationToken
    )
    {
        var userId = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var membership = await FindMembershipAsync(db, userId, cancellationToken);
        return membership is null
            ? null
            : new BillingCaller(new AccountId(membership.OrganizationId), IsBillingAdmin: membership.IsOwner);
    }

    /// <summary>A seat is a developer with a connected repo.</summary>
    public async ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await CountDevelopersAsync(db, account.Value, cancellationToken);
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

    /// <summary>Those that have an owner, who gets the mails; a closed one has none.</summary>
    public async IAsyncEnumerable<HostAccount> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tenants = db
            .Organizations.Select(tenant => new
            {
                tenant.Id,
                tenant.Name,
                Email = db
                    .Memberships.Where(row => row.OrganizationId == tenant.Id && row.IsOwner)
                    .Join(db.Users, row => row.UserId, user => user.Id, (_, user) => user.Email)
                    .Min(),
            })
            .Where(tenant => tenant.Email != null)
            .AsAsyncEnumerable();
        await foreach (var tenant in tenants.WithCancellation(cancellationToken))
        {
            yield return new HostAccount(new AccountId(tenant.Id), tenant.Name, tenant.Email!);
        }
    }
}
