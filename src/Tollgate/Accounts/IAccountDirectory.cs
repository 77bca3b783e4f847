using System.Security.Claims;
using Tollgate.Catalog;

namespace Tollgate.Accounts;

/// <summary>
/// What the host knows and Tollgate must ask: who calls, whom to bill, how many seats are in use. It is registered with
/// any lifetime: a scoped one is asked in the scope of the request, or in one of its own where no request is served.
/// </summary>
public interface IAccountDirectory
{
    /// <summary>
    /// The billing account of an authenticated caller, looked up on each request so that a removed member is refused at
    /// once. Null when the caller belongs to none.
    /// </summary>
    ValueTask<BillingCaller?> FindCallerAsync(ClaimsPrincipal principal, CancellationToken cancellationToken);

    /// <summary>Developers with an active repo, or whatever a seat means to the host.</summary>
    ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>
    /// Why the account, as it is today, does not fit a plan that it wants to buy or to change to: a refusal of the
    /// host's own. Null when it fits, which is the default.
    /// </summary>
    ValueTask<Refusal?> FindMisfitAsync(AccountId account, Plan target, CancellationToken cancellationToken) =>
        new((Refusal?)null);
}

/// <summary>Who calls, and for whom.</summary>
/// <param name="IsBillingAdmin">May spend money and open the portal.</param>
public sealed record BillingCaller(AccountId Account, bool IsBillingAdmin);
