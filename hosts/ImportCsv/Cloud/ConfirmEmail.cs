using ImportCsv.Imports;
using ImportCsv.Users;
using Microsoft.AspNetCore.Identity;
using Tollgate;

namespace ImportCsv.Cloud;

/// <summary>
/// In the cloud a user confirms the e-mail, which is their first sign-in: a mail with a link at sign-up, and again when
/// it is asked for; the link with the password of the sign-up lets in. Once confirmed, the welcome follows.
/// </summary>
internal static class ConfirmEmail
{
    internal sealed record Again(string Email);

    internal sealed record Confirmation(string User, string Code, string Password);

    public static void MapConfirmEmail(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/auth/confirm").AddEndpointFilter<SameOriginFilter>();
        group.RequireRateLimiting(PublicRates.SignInPolicy);
        group.MapPost("/", ConfirmAsync).DescribedBy(CloudDescriptions.Confirm);
        group.MapPost("/again", AgainAsync).DescribedBy(CloudDescriptions.ConfirmAgain);
    }

    // the same answer whether or not anybody is known by that address
    private static async Task<IResult> AgainAsync(
        HttpContext http,
        UserManager<IdentityUser> users,
        UserLetters letters
    )
    {
        var request = await BillingJson.ReadAsync<Again>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (await users.FindByEmailAsync(asked.Email) is { EmailConfirmed: false } user)
        {
            await letters.AskToConfirmAsync(user, http.RequestAborted);
        }

        return Results.NoContent();
    }

    // who owns the address may not be who signed up with it, and must not let them in by a click
    private static async Task<IResult> ConfirmAsync(
        HttpContext http,
        SignInManager<IdentityUser> signIn,
        UserLetters letters
    )
    {
        var request = await BillingJson.ReadAsync<Confirmation>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var users = signIn.UserManager;
        if (await users.FindByIdAsync(asked.User) is not { } user)
        {
            return RefusalProblem.ToResult(new ConfirmationNotFound());
        }

        if (await users.IsLockedOutAsync(user))
        {
            return RefusalProblem.ToResult(new LockedOut());
        }

        if (!await users.CheckPasswordAsync(user, asked.Password))
        {
            await users.AccessFailedAsync(user);
            return RefusalProblem.ToResult(new WrongPassword());
        }

        if (!(await users.ConfirmEmailAsync(user, asked.Code)).Succeeded)
        {
            return RefusalProblem.ToResult(new ConfirmationNotFound());
        }

        await letters.ConfirmedAsync(user, http.RequestAborted);
        signIn.AuthenticationScheme = IdentityConstants.ApplicationScheme;
        await signIn.SignInAsync(user, isPersistent: true);
        return Results.NoContent();
    }
}

/// <summary>No such confirmation, or it is too old.</summary>
internal sealed record ConfirmationNotFound()
    : Refusal("confirmation_not_found", 404, "That link does not hold.", "Sign in, and let us send you a new one.");
