using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Accounts;

namespace Hydra.Tenants;

/// <summary>
/// Tells Tollgate who calls. The principal holds only the user's id; tenant and role are looked up each time.
/// </summary>
internal sealed class HydraTenants(IDbContextFactory<HydraDb> contexts) : ITenantDirectory
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

    /// <summary>Every member of a tenant counts as an active developer.</summary>
    public async ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Memberships.CountAsync(row => row.OrganizationId == account.Value, cancellationToken);
    }
}
