using Microsoft.AspNetCore.Identity;
using Tollgate;

namespace ImportCsv.Users;

/// <summary>
/// <c>POST /api/me/close</c>: a user deletes their account with all that is in it, and gives the password to show that
/// it is meant.
/// </summary>
internal static class LeaveForGood
{
    internal sealed record Request(string Password);

    public static async Task<IResult> RunAsync(
        HttpContext http,
        SignInManager<IdentityUser> signIn,
        IAccountBook accounts
    )
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var known = await OwnPassword.CheckAsync(http, asked.Password, signIn);
        if (known is not { Value: { } user })
        {
            return RefusalProblem.ToResult(known.Refusal!);
        }

        // what was begun at Stripe is carried through, whether or not the browser waits
        if (await accounts.CloseAsync(user.Id, CancellationToken.None) is { } kept)
        {
            return RefusalProblem.ToResult(kept);
        }

        await signIn.SignOutAsync();
        return Results.NoContent();
    }
}
