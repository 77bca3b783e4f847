using Microsoft.AspNetCore.Identity;
using Tollgate;

namespace ImportCsv.Users;

/// <summary>
/// <c>POST /api/me/password</c>: another password, for who knows the present one. Every other session ends.
/// </summary>
internal static class ChangePassword
{
    internal sealed record Request(string CurrentPassword, string NewPassword);

    public static async Task<IResult> RunAsync(
        HttpContext http,
        ImportCsvDb db,
        SignInManager<IdentityUser> signIn,
        IEnumerable<IUserNews> news
    )
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } wanted })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var known = await OwnPassword.CheckAsync(http, wanted.CurrentPassword, signIn);
        if (known is not { Value: { } user })
        {
            return RefusalProblem.ToResult(known.Refusal!);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        var changed = await signIn.UserManager.ChangePasswordAsync(user, wanted.CurrentPassword, wanted.NewPassword);
        if (!changed.Succeeded)
        {
            return RefusalProblem.ToResult(PasswordRefused.By(changed));
        }

        foreach (var hears in news)
        {
            await hears.PasswordChangedAsync(user, http.RequestAborted);
        }

        await transaction.CommitAsync(http.RequestAborted);
        await signIn.RefreshSignInAsync(user);
        return Results.NoContent();
    }
}
