using Microsoft.AspNetCore.Identity;

namespace Tollgate.Identity;

/// <summary>
/// Whose e-mail and password these are. The same questions are asked and one hash is made whoever it is, so that
/// neither the words of the answer nor its time show whether an address is known.
/// </summary>
internal sealed class PasswordCheck(
    UserManager<IdentityUser> users,
    SignUpStore signUps,
    PasswordWork work,
    WrongPasswords wrong
)
{
    /// <param name="from">Of the caller, see <see cref="CallerNetwork.Address"/>.</param>
    public async Task<Outcome<IdentityUser>> RunAsync(
        string email,
        string password,
        string from,
        CancellationToken cancellationToken
    )
    {
        var normalized = users.NormalizeEmail(email);
        var key = $"{Secret.NameOf(normalized)}:{from}";
        if (await wrong.TryAsync(key, cancellationToken) is { } limited)
        {
            return limited;
        }

        var user = await users.FindByEmailAsync(email);
        var pending = await signUps.FindNewestAsync(normalized, cancellationToken);
        if (!work.Matches(user is null ? pending?.PasswordHash : user.PasswordHash, password))
        {
            return new WrongPassword();
        }

        await wrong.ForgetAsync(key, cancellationToken);
        return user is null || (users.Options.SignIn.RequireConfirmedEmail && !user.EmailConfirmed)
            ? new EmailNotConfirmed()
            : user;
    }
}
