using System.Security.Claims;
using ImportCsv.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Administration;

namespace ImportCsv.Cloud;

/// <summary>Each user is a billing account of their own, with one seat: themselves.</summary>
internal sealed class UserAccounts(OpenAccount open, CloseAccount close, IServiceScopeFactory scopes)
    : IAccountDirectory,
        IAccountBook,
        IStartupStep
{
    private const int LongestName = 200;

    public ValueTask<BillingCaller?> FindCallerAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        new(
            principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
                ? new BillingCaller(new AccountId(id), IsBillingAdmin: true)
                : null
        );

    public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(1);

    // a user has no name but the e-mail, and names are shorter
    public Task OpenAsync(IdentityUser user, CancellationToken cancellationToken) =>
        open.RunAsync(
            new AccountId(user.Id),
            user.Email!.Length <= LongestName ? user.Email : user.Email[..LongestName],
            user.Email,
            cancellationToken
        );

    public async Task<Refusal?> CloseAsync(string userId, CancellationToken cancellationToken) =>
        (await close.RunAsync(new AccountId(userId), "closed by its owner", cancellationToken)).Refusal;

    /// <summary>Users who signed up while the cloud was switched off get their account at the next start.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ImportCsvDb>();
        var without = await db
            .Users.FromSql(
                $"""
                SELECT person.* FROM importcsv."AspNetUsers" person
                WHERE NOT EXISTS (SELECT FROM billing.accounts account WHERE account.account_id = person.id)
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        foreach (var user in without)
        {
            await OpenAsync(user, cancellationToken);
        }
    }
}
