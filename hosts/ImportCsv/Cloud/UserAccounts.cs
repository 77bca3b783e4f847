using System.Runtime.CompilerServices;
using System.Security.Claims;
using ImportCsv.Storage;
using ImportCsv.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Lifecycle;

namespace ImportCsv.Cloud;

/// <summary>Each user is a billing account of their own, with one seat: themselves.</summary>
internal sealed class UserAccounts(OpenAccount open, CloseAccount close, IServiceScopeFactory scopes)
    : IAccountDirectory,
        IAccountBook,
        IHostAccounts
{
    private const int LongestName = 200;

    public ValueTask<BillingCaller?> FindCallerAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        new(
            principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
                ? new BillingCaller(new AccountId(id), IsBillingAdmin: true)
                : null
        );

    public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(1);

    public Task OpenAsync(IdentityUser user, CancellationToken cancellationToken)
    {
        var account = Account(user.Id, user.Email!);
        return open.RunAsync(account.Account, account.Name, account.BillingEmail, cancellationToken);
    }

    public async Task<Refusal?> CloseAsync(string userId, CancellationToken cancellationToken) =>
        (await close.RunAsync(new AccountId(userId), "closed by its owner", cancellationToken)).Refusal;

    /// <summary>Also those who signed up while the cloud was switched off.</summary>
    public async IAsyncEnumerable<HostAccount> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope
            .ServiceProvider.GetRequiredService<ImportCsvDb>()
            .Users.Where(user => user.Email != null)
            .Select(user => new { user.Id, user.Email })
            .AsAsyncEnumerable();
        await foreach (var user in users.WithCancellation(cancellationToken))
        {
            yield return Account(user.Id, user.Email!);
        }
    }

    // a user has no name but the e-mail, and names are shorter
    private static HostAccount Account(string id, string email) =>
        new(new AccountId(id), email.Length <= LongestName ? email : email[..LongestName], email);
}
