using ImportCsv.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tollgate;

namespace ImportCsv.Users;

/// <summary>What belongs to a user beside the sign-in. There are two: the cloud's, with billing, and none.</summary>
internal interface IAccountBook
{
    Task OpenAsync(IdentityUser user, CancellationToken cancellationToken);

    /// <summary>Ends and erases everything of the user's, the user too; null when it is done, else why not.</summary>
    Task<Refusal?> CloseAsync(string userId, CancellationToken cancellationToken);
}

/// <summary>On one's own server nobody has an account that bills.</summary>
internal sealed class NoAccounts(IDbContextFactory<ImportCsvDb> contexts) : IAccountBook
{
    public Task OpenAsync(IdentityUser user, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Refusal?> CloseAsync(string userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.EraseUserAsync(userId, cancellationToken);
        return null;
    }
}
