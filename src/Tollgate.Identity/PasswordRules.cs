using Microsoft.AspNetCore.Identity;

namespace Tollgate.Identity;

/// <summary>Whether a password may be chosen; asked before anything is hashed or looked up.</summary>
internal static class PasswordRules
{
    private const int Longest = 256;

    /// <summary>Null when it may, else why not.</summary>
    public static async Task<string?> FindFaultAsync(UserManager<IdentityUser> users, string password)
    {
        if (password.Length > Longest)
        {
            return $"Passwords have at most {Longest} characters.";
        }

        foreach (var rule in users.PasswordValidators)
        {
            if (await rule.ValidateAsync(users, new IdentityUser(), password) is { Succeeded: false } result)
            {
                return result.Errors.First().Description;
            }
        }

        return null;
    }
}
