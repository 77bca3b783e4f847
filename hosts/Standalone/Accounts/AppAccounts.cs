using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Standalone.Storage;
using Tollgate;
using Tollgate.Accounts;

namespace Standalone.Accounts;

/// <summary>
/// The app's accounts. A call of its server is for the one that the path names: the key, which is the principal, speaks
/// for all of them.
/// </summary>
internal sealed class AppAccounts(IHttpContextAccessor requests, IDbContextFactory<StandaloneDb> contexts)
    : IAccountDirectory
{
    /// <summary>The part of a path that is an account's id.</summary>
    public const string RouteValue = "account";

    public ValueTask<BillingCaller?> FindCallerAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        new(
            requests.HttpContext?.GetRouteValue(RouteValue) is string id && AccountId.IsOne(id)
                ? new BillingCaller(new AccountId(id), IsBillingAdmin: true)
                : null
        );

    /// <summary>One where the app has said nothing.</summary>
    public async ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await db.Set<SeatsInUse>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account.Value, cancellationToken);
        return known?.Seats ?? 1;
    }
}
