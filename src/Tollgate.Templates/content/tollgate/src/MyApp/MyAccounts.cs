using System.Security.Claims;
using Tollgate;
using Tollgate.Accounts;

namespace MyApp;

/// <summary>
/// Who calls, and for which account. Here each signed-in address is an account of its own; an app with teams says which
/// team the caller belongs to, and how many of its seats are in use.
/// </summary>
internal sealed class MyAccounts : IAccountDirectory
{
    public ValueTask<BillingCaller?> FindCallerAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        new(
            principal.Identity?.Name is { } email
                ? new BillingCaller(new AccountId(email), IsBillingAdmin: true) { BillingEmail = email }
                : null
        );

    public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(1);
}
