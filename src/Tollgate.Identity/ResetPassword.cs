using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Identity;

/// <summary>
/// A new password for whoever was sent the code, which holds once. It ends every session, and confirms the e-mail by
/// which the code came.
/// </summary>
public sealed class ResetPassword
{
    private readonly IServiceProvider services;
    private readonly IdentityDbContext<IdentityUser> db;
    private readonly UserManager<IdentityUser> users;

    internal ResetPassword(
        IServiceProvider services,
        IdentityDbContext<IdentityUser> db,
        UserManager<IdentityUser> users
    )
    {
        this.services = services;
        this.db = db;
        this.users = users;
    }

    /// <summary>Null when it is set.</summary>
    public async Task<Refusal?> RunAsync(
        string userId,
        string code,
        string password,
        CancellationToken cancellationToken
    )
    {
        if (await PasswordRules.FindFaultAsync(users, password) is { } fault)
        {
            return new PasswordRefused(fault);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await users.FindByIdAsync(userId) is not { } user)
        {
            return new ResetNotFound();
        }

        // of two at once the later one finds another row than it read, and is refused like an old one
        if (!(await users.ResetPasswordAsync(user, code, password)).Succeeded)
        {
            return new ResetNotFound();
        }

        var isFirst = !user.EmailConfirmed;
        user.EmailConfirmed = true;
        await db.SaveChangesAsync(cancellationToken);
        if (services.GetRequiredService<SignInTerms>().HasMail)
        {
            await services.GetRequiredService<SignInMails>().PasswordChangedAsync(user, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        await services.GetRequiredService<UserSessions>().EndAllAsync(user.Id, cancellationToken);
        if (isFirst)
        {
            await services.GetRequiredService<ISignUpBinding>().WelcomeAsync(user, cancellationToken);
        }

        return null;
    }
}
