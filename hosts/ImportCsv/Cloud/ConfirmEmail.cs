using ImportCsv.Users;
using Microsoft.AspNetCore.Identity;
using Tollgate;
using Tollgate.Notifications;

namespace ImportCsv.Cloud;

/// <summary>
/// In the cloud a user confirms the e-mail before the first sign-in: a mail with a link at sign-up, and again when it
/// is asked for, at most one in ten minutes. Once confirmed, the welcome follows.
/// </summary>
internal sealed class ConfirmEmail(
    IAccountBook accounts,
    IServiceScopeFactory scopes,
    OweLetter letters,
    TollgateOptions options,
    TimeProvider machineTime
) : INewcomers
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    private sealed record Again(string Email);

    private sealed record Confirmation(string User, string Code);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/auth/confirm").AddEndpointFilter<SameOriginFilter>();
        group.MapPost("/", ConfirmAsync);
        group.MapPost("/again", AgainAsync);
    }

    public async Task WelcomeAsync(IdentityUser user, CancellationToken cancellationToken)
    {
        await accounts.OpenAsync(user, cancellationToken);
        await AskAsync(user, cancellationToken);
    }

    private async Task AskAsync(IdentityUser user, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        var code = await users.GenerateEmailConfirmationTokenAsync(user);
        var link = new Uri(
            options.AppUrl,
            $"/confirm?user={Uri.EscapeDataString(user.Id)}&code={Uri.EscapeDataString(code)}"
        );
        await letters.RunAsync(
            new AccountId(user.Id),
            ImportCsvMails.Confirm,
            $"{machineTime.GetUtcNow().Ticks / Between.Ticks}",
            new Dictionary<string, string> { [ImportCsvMails.Link] = link.AbsoluteUri },
            cancellationToken
        );
    }

    // the same answer whether or not anybody is known by that address
    private static async Task<IResult> AgainAsync(
        HttpContext http,
        UserManager<IdentityUser> users,
        ConfirmEmail confirm
    )
    {
        var request = await BillingJson.ReadAsync<Again>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (await users.FindByEmailAsync(asked.Email) is { EmailConfirmed: false } user)
        {
            await confirm.AskAsync(user, http.RequestAborted);
        }

        return Results.NoContent();
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext http,
        UserManager<IdentityUser> users,
        OweLetter letters
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

        await letters.RunAsync(
            new AccountId(user.Id),
            ImportCsvMails.Welcome,
            "once",
            new Dictionary<string, string>(),
            http.RequestAborted
        );
        return BillingJson.Answer(new { user.Email });
    }
}

/// <summary>No such confirmation, or it is too old.</summary>
internal sealed record ConfirmationNotFound()
    : Refusal("confirmation_not_found", 404, "That link does not hold.", "Sign in, and let us send you a new one.");
