using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Tollgate.Identity;

/// <summary>
/// Makes the user of a sign-up that was confirmed, and what the host binds to it, in one transaction. The link alone
/// does not do: who owns the address may not be who signed up with it, and must not let them in by a click.
/// </summary>
internal sealed class ConfirmSignUp(
    IdentityDbContext<IdentityUser> db,
    UserManager<IdentityUser> users,
    SignUpStore signUps,
    PasswordWork work,
    WrongPasswords wrong,
    ISignUpBinding binding
)
{
    public async Task<Outcome<IdentityUser>> RunAsync(
        string id,
        string code,
        string password,
        CancellationToken cancellationToken
    )
    {
        if (await signUps.FindAsync(id, code, cancellationToken) is not { } asked)
        {
            return new ConfirmationNotFound();
        }

        var key = $"confirm:{asked.Id}";
        if (await wrong.TryAsync(key, cancellationToken) is { } limited)
        {
            return limited;
        }

        if (!work.Matches(asked.PasswordHash, password))
        {
            return new WrongPassword();
        }

        await wrong.ForgetAsync(key, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // all that stand for the address: it is taken now
        var claimed = await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM sign_in.sign_ups WHERE normalized_email =
                (SELECT normalized_email FROM sign_in.sign_ups WHERE sign_up_id = {asked.Id} FOR UPDATE)
            """,
            cancellationToken
        );
        var made = claimed == 0 ? new ConfirmationNotFound() : await AddAsync(asked, true, cancellationToken);
        if (made.Value is not { } user)
        {
            return made;
        }

        await transaction.CommitAsync(cancellationToken);
        await binding.WelcomeAsync(user, cancellationToken);
        return user;
    }

    /// <summary>Without a confirmation, where there is no mail. Null when the user is made.</summary>
    public async Task<Refusal?> MakeAsync(PendingSignUp asked, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var made = await AddAsync(asked, isConfirmed: false, cancellationToken);
        if (made.Value is not { } user)
        {
            return made.Refusal is ConfirmationNotFound ? new SignUpRefused("The e-mail is taken.") : made.Refusal;
        }

        await transaction.CommitAsync(cancellationToken);
        await binding.WelcomeAsync(user, cancellationToken);
        return null;
    }

    // an address that was taken meanwhile, by a sign-up that was confirmed first, confirms nothing any more
    private async Task<Outcome<IdentityUser>> AddAsync(
        PendingSignUp asked,
        bool isConfirmed,
        CancellationToken cancellationToken
    )
    {
        var user = new IdentityUser(asked.Email)
        {
            Id = asked.Id,
            Email = asked.Email,
            EmailConfirmed = isConfirmed,
            PasswordHash = asked.PasswordHash,
        };
        try
        {
            if (!(await users.CreateAsync(user)).Succeeded)
            {
                return new ConfirmationNotFound();
            }
        }
        catch (DbUpdateException failure)
            when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new ConfirmationNotFound(); // at the same moment
        }

        var details = JsonElement.Parse(asked.Details);
        return await binding.BindAsync(user, details, cancellationToken) is { } refusal ? refusal : user;
    }
}
