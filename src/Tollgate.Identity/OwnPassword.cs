using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Tollgate.Identity;

/// <summary>
/// Whether a signed-in user knows their own password: who found a browser open does not. Wrong ones slow further ones
/// down, here and nowhere else.
/// </summary>
public sealed class OwnPassword
{
    private readonly UserManager<IdentityUser> users;
    private readonly WrongPasswords wrong;

    internal OwnPassword(UserManager<IdentityUser> users, WrongPasswords wrong)
    {
        this.users = users;
        this.wrong = wrong;
    }

    public async Task<Outcome<IdentityUser>> CheckAsync(HttpContext http, string password)
    {
        var id = http.User.FindFirstValue(ClaimTypes.NameIdentifier);
        if (id is null || await users.FindByIdAsync(id) is not { } user)
        {
            return new NotYourPassword(); // gone since the call began
        }

        var key = $"own:{user.Id}";
        if (await wrong.TryAsync(key, http.RequestAborted) is { } limited)
        {
            return limited;
        }

        if (!await users.CheckPasswordAsync(user, password))
        {
            return new NotYourPassword();
        }

        await wrong.ForgetAsync(key, http.RequestAborted);
        return user;
    }
}
