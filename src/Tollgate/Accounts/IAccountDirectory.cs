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

    /// <summary>Who sits on a seat today: whatever a seat means to the host.</summary>
    ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>
    /// Why the account, as it is today, does not fit a plan that it wants to buy or to change to: a refusal of the
    /// host's own. Null when it fits, which is the default.
    /// </summary>
    ValueTask<Refusal?> FindMisfitAsync(AccountId account, Plan target, CancellationToken cancellationToken) =>
        new((Refusal?)null);
}

/// <summary>Who calls, and for whom. An account that is not known yet is opened at its first call.</summary>
/// <param name="IsBillingAdmin">May spend money and open the portal.</param>
public sealed record BillingCaller(AccountId Account, bool IsBillingAdmin)
{
    /// <summary>
    /// What the account is called when it is opened. Null: the name that the principal of a billing admin claims, or
    /// else the account's id.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// Where receipts and notices go when it is opened. Null: the address that the principal of a billing admin claims.
    /// </summary>
    public string? BillingEmail { get; init; }
}
