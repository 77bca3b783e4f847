using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Http;

namespace Tollgate.Identity;

/// <summary>
/// <c>POST /api/me/password</c>: another password, for who knows the present one. Every session ends, and the browser
/// that asked gets a new one.
/// </summary>
internal static class ChangePassword
{
    internal sealed record Request(string CurrentPassword, string NewPassword);

    public static async Task<IResult> RunAsync(
        HttpContext http,
        IdentityDbContext<IdentityUser> db,
        UserManager<IdentityUser> users,
        OwnPassword own,
        UserSessions sessions,
        SignedIn signedIn,
        SignInTerms terms
    )
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } wanted })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (await PasswordRules.FindFaultAsync(users, wanted.NewPassword) is { } fault)
        {
            return RefusalProblem.ToResult(new PasswordRefused(fault));
        }

        var known = await own.CheckAsync(http, wanted.CurrentPassword);
        if (known is not { Value: { } user })
        {
            return RefusalProblem.ToResult(known.Refusal!);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        var changed = await users.ChangePasswordAsync(user, wanted.CurrentPassword, wanted.NewPassword);
        if (!changed.Succeeded)
        {
            return RefusalProblem.ToResult(new PasswordRefused(changed.Errors.First().Description));
        }

        if (terms.HasMail)
        {
            var mails = http.RequestServices.GetRequiredService<SignInMails>();
            await mails.PasswordChangedAsync(user, http.RequestAborted);
        }

        await transaction.CommitAsync(http.RequestAborted);
        await sessions.EndAllAsync(user.Id, CancellationToken.None);
        await signedIn.BeginAsync(http, user, CancellationToken.None);
        return Results.NoContent();
    }
}
