using System.Security.Claims;
using Tollgate;
using Tollgate.Accounts;

namespace MyApp;

public sealed class MyAccounts : IAccountDirectory
{
    public ValueTask<BillingCaller?> FindCallerAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        new(
            principal.FindFirstValue(ClaimTypes.Email) is { } email
                ? new BillingCaller(new AccountId(email), IsBillingAdmin: true) { BillingEmail = email }
                : null
        );

    public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(1);
}
