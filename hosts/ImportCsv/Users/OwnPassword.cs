using Microsoft.AspNetCore.Identity;
using Tollgate;

namespace ImportCsv.Users;

/// <summary>
/// Whether a signed-in user knows their own password: who found a browser open does not. Wrong ones count towards the
/// lock-out, as at sign-in.
/// </summary>
internal static class OwnPassword
{
    public static async Task<Outcome<IdentityUser>> CheckAsync(
        HttpContext http,
        string password,
        SignInManager<IdentityUser> signIn
    )
    {
        signIn.AuthenticationScheme = IdentityConstants.ApplicationScheme;
        if (await signIn.UserManager.FindByIdAsync(http.UserId()) is not { } user)
        {
            return new NotYourPassword(); // gone since the call began
        }

        var tried = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        return tried.Succeeded ? user
            : tried.IsLockedOut ? new LockedOut()
            : new NotYourPassword();
    }
}

/// <summary>The present password, which the call asks for, is another.</summary>
internal sealed record NotYourPassword()
    : Refusal("not_your_password", 403, "That is not your password.", "Give the one you signed in with.");
