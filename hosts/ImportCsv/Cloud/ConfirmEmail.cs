using Microsoft.AspNetCore.Identity;
using Tollgate;

namespace ImportCsv.Cloud;

/// <summary>
/// In the cloud a user confirms the e-mail before the first sign-in: a mail with a link at sign-up, and again when it
/// is asked for. Once confirmed, the welcome follows.
/// </summary>
internal static class ConfirmEmail
{
    internal sealed record Again(string Email);

    internal sealed record Confirmation(string User, string Code);

    internal sealed record Confirmed(string? Email);

    public static void MapConfirmEmail(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/auth/confirm").AddEndpointFilter<SameOriginFilter>();
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

    private static async Task<IResult> ConfirmAsync(
        HttpContext http,
        UserManager<IdentityUser> users,
        UserLetters letters
    )
    {
        var request = await BillingJson.ReadAsync<Confirmation>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (
            await users.FindByIdAsync(asked.User) is not { } user
            || !(await users.ConfirmEmailAsync(user, asked.Code)).Succeeded
        )
        {
            return RefusalProblem.ToResult(new ConfirmationNotFound());
        }

        await letters.ConfirmedAsync(user, http.RequestAborted);
        return BillingJson.Answer(new Confirmed(user.Email));
    }
}

/// <summary>No such confirmation, or it is too old.</summary>
internal sealed record ConfirmationNotFound()
    : Refusal("confirmation_not_found", 404, "That link does not hold.", "Sign in, and let us send you a new one.");
