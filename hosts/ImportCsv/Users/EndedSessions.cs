using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ImportCsv.Users;

/// <summary>
/// A cookie holds as long as the user's security stamp is the one it was made with: a new password ends every session
/// at its next call, as does a user who is gone. The cookie is not made anew, so that a call that is under way cannot
/// bring back one that was signed out meanwhile.
/// </summary>
internal static class EndedSessions
{
    private static readonly string StampClaim = new ClaimsIdentityOptions().SecurityStampClaimType;

    public static async Task RefuseAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint() is null)
        {
            return; // static files are everybody's
        }

        var db = http.RequestServices.GetRequiredService<ImportCsvDb>();
        var userId = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var stamp = context.Principal?.FindFirstValue(StampClaim);
        if (!await db.Users.AnyAsync(user => user.Id == userId && user.SecurityStamp == stamp, http.RequestAborted))
        {
            context.RejectPrincipal();
        }
    }
}
