using System.Runtime.CompilerServices;
using System.Security.Claims;
using Hydra.Repos;
using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Storage;

namespace Hydra;

/// <summary>
/// Gives Tollgate the caller and the list of tenants. The principal holds only the user's id; tenant and role are
/// looked up each time.
/// </summary>
internal sealed class HydraTenants : IAccountDirectory, IHostAccounts, IAsyncDisposable
{
    // both are asked on every call, and so by many calls at once
    private readonly BatchedLookup<string, Membership> memberships;
    private readonly BatchedLookup<string, int> developers;
    private readonly IDbContextFactory<HydraDb> contexts;

    public HydraTenants(IDbContextFactory<HydraDb> contexts)
    {
        this.contexts = contexts;
        memberships = new(FindMembershipsAsync);
        developers = new(CountDevelopersAsync);
    }

    public async ValueTask<BillingCaller?> FindCallerAsync(
        ClaimsPrincipal principal,
        CancellationToken cancellationToken
    ) =>
        principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } userId
        && await memberships.FindAsync(userId, cancellationToken) is { } membership
            ? new BillingCaller(new AccountId(membership.OrganizationId), IsBillingAdmin: membership.IsOwner)
            : null;

    /// <summary>A seat is a developer with a connected repo.</summary>
    public async ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) =>
        await developers.FindAsync(account.Value, cancellationToken);

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

    public async ValueTask DisposeAsync()
    {
        await memberships.DisposeAsync();
        await developers.DisposeAsync();
    }

    private async Task<IReadOnlyDictionary<string, Membership>> FindMembershipsAsync(
        IReadOnlyCollection<string> userIds,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Memberships.AsNoTracking()
            .Where(row => userIds.Contains(row.UserId))
            .ToDictionaryAsync(row => row.UserId, cancellationToken);
    }

    private async Task<IReadOnlyDictionary<string, int>> CountDevelopersAsync(
        IReadOnlyCollection<string> organizations,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Developer>()
            .Where(developer => organizations.Contains(developer.OrganizationId))
            .Where(developer => db.Set<Contribution>().Any(one => one.DeveloperId == developer.Id))
            .GroupBy(developer => developer.OrganizationId)
            .Select(developers => new { Organization = developers.Key, Count = developers.Count() })
            .ToDictionaryAsync(row => row.Organization, row => row.Count, cancellationToken);
    }
}
