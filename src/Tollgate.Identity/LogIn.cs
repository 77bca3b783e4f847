using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Tollgate.Http;

namespace Tollgate.Identity;

/// <summary>
/// <c>/api/auth/login</c>, <c>/logout</c> and <c>/confirm</c>: how a session begins, and how its owner ends it.
/// </summary>
internal static class LogIn
{
    internal sealed record Credentials(string Email, string Password);

    internal sealed record Confirmation(string User, string Code, string Password);

    internal sealed record Again(string Email);

    /// <summary>By a cookie; by a token where the host takes one and <c>useCookies</c> is not said.</summary>
    public static async Task<IResult> RunAsync(
        HttpContext http,
        PasswordCheck check,
        SignedIn signedIn,
        SignInTerms terms
    )
    {
        var request = await BillingJson.ReadAsync<Credentials>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var from = CallerNetwork.Of(http).Address;
        var known = await check.RunAsync(asked.Email, asked.Password, from, http.RequestAborted);
        if (known is not { Value: { } user })
        {
            return RefusalProblem.ToResult(known.Refusal!);
        }

        if (terms.TakesBearer && http.Request.Query["useCookies"] is not ["true"])
        {
            return BillingJson.Answer(await signedIn.BeginTokenAsync(user, http.RequestAborted));
        }

        await signedIn.BeginAsync(http, user, http.RequestAborted);
        return Results.NoContent();
    }

    public static async Task<IResult> EndAsync(HttpContext http, SignedIn signedIn)
    {
        await signedIn.EndAsync(http, http.RequestAborted);
        return Results.NoContent();
    }

    public static async Task<IResult> ConfirmAsync(HttpContext http, ConfirmSignUp confirm, SignedIn signedIn)
    {
        var request = await BillingJson.ReadAsync<Confirmation>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var made = await confirm.RunAsync(asked.User, asked.Code, asked.Password, http.RequestAborted);
        if (made is not { Value: { } user })
        {
            return RefusalProblem.ToResult(made.Refusal!);
        }

        await signedIn.BeginAsync(http, user, CancellationToken.None);
        return Results.NoContent();
    }

    /// <summary>The link again, and the same answer whether or not anybody waits for it.</summary>
    public static async Task<IResult> AgainAsync(
        HttpContext http,
        UserManager<IdentityUser> users,
        SignUpStore signUps,
        SignInMails mails
    )
    {
        var request = await BillingJson.ReadAsync<Again>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var normalized = users.NormalizeEmail(asked.Email);
        if (await users.FindByEmailAsync(asked.Email) is { EmailConfirmed: false } user)
        {
            await mails.OfferResetAsync(user, http.RequestAborted); // which confirms, too
        }
        else if (
            await signUps.FindNewestAsync(normalized, http.RequestAborted) is { } waiting
            && await mails.MayConfirmAgainAsync(asked.Email, http.RequestAborted)
        )
        {
            var code = await signUps.AddCodeAsync(waiting.Id, http.RequestAborted);
            await mails.ConfirmAsync(waiting, code, http.RequestAborted);
        }

        return Results.NoContent();
    }
}
