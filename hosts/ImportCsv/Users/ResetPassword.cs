using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tollgate;

namespace ImportCsv.Users;

/// <summary>
/// A new password for whoever was sent the code, which holds once. It ends every session, lifts a lock-out, and
/// confirms the e-mail by which the code came.
/// </summary>
internal sealed class ResetPassword(ImportCsvDb db, UserManager<IdentityUser> users, IEnumerable<IUserNews> news)
{
    /// <summary>Null when it is set.</summary>
    public async Task<Refusal?> RunAsync(
        string userId,
        string code,
        string password,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // locked, or a wrong password that is tried meanwhile would change the row under our hands
        var user = await db
            .Users.FromSql($"""SELECT * FROM importcsv."AspNetUsers" WHERE id = {userId} FOR UPDATE""")
            .SingleOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return new ResetNotFound();
        }

        var set = await users.ResetPasswordAsync(user, code, password);
        if (!set.Succeeded)
        {
            var isLink = set.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken));
            return isLink ? new ResetNotFound() : PasswordRefused.By(set);
        }

        var isNews = !user.EmailConfirmed;
        (user.EmailConfirmed, user.AccessFailedCount, user.LockoutEnd) = (true, 0, null);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var hears in news)
        {
            await hears.PasswordChangedAsync(user, cancellationToken);
            if (isNews)
            {
                await hears.ConfirmedAsync(user, cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return null;
    }
}

/// <summary>No such reset, or it was used, or it is too old.</summary>
internal sealed record ResetNotFound()
    : Refusal("reset_not_found", 404, "That link does not hold.", "Ask for a new one: a link holds once, for an hour.");

/// <summary>The new password is too weak.</summary>
internal sealed record PasswordRefused(string Why)
    : Refusal("password_refused", 400, "That password cannot be taken.", Why)
{
    public static PasswordRefused By(IdentityResult refused) =>
        new(string.Join(" ", refused.Errors.Select(error => error.Description)));
}
