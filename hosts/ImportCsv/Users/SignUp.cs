using ImportCsv.Imports;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate;

namespace ImportCsv.Users;

/// <summary>
/// <c>POST /api/auth/sign-up</c>: makes a user. In the cloud they confirm their e-mail before they sign in, and whether
/// an address is known already is told by mail alone.
/// </summary>
internal static class SignUp
{
    internal sealed record NewUser(string Email, string Password);

    internal sealed record Made(bool ConfirmationSent);

    public static void MapSignUp(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/auth/sign-up", RunAsync)
            .AddEndpointFilter<SameOriginFilter>()
            .RequireRateLimiting(PublicRates.SignInPolicy)
            .DescribedBy(UserDescriptions.SignUp);

    private static async Task<IResult> RunAsync(
        HttpContext http,
        UserManager<IdentityUser> users,
        IEnumerable<IUserNews> news
    )
    {
        var request = await BillingJson.ReadAsync<NewUser>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (!EmailAddress.IsOne(asked.Email))
        {
            return RefusalProblem.ToResult(new InvalidRequest("Give one e-mail address."));
        }

        var user = new IdentityUser(asked.Email) { Email = asked.Email };
        var made = await AddAsync(user, asked.Password, users);
        if (!made.Succeeded && !(IsTaken(made) && users.Options.SignIn.RequireConfirmedEmail))
        {
            return RefusalProblem.ToResult(new SignUpRefused(made.Errors.First().Description));
        }

        // it is made: whoever goes away now is welcomed all the same
        foreach (var hears in news)
        {
            await (
                made.Succeeded
                    ? hears.SignedUpAsync(user, CancellationToken.None)
                    : hears.SignedUpAgainAsync(asked.Email, CancellationToken.None)
            );
        }

        return BillingJson.Answer(new Made(users.Options.SignIn.RequireConfirmedEmail));
    }

    private static async Task<IdentityResult> AddAsync(
        IdentityUser user,
        string password,
        UserManager<IdentityUser> users
    )
    {
        try
        {
            return await users.CreateAsync(user, password);
        }
        catch (DbUpdateException failure)
            when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return IdentityResult.Failed(users.ErrorDescriber.DuplicateEmail(user.Email!)); // at the same moment
        }
    }

    private static bool IsTaken(IdentityResult made) =>
        made.Errors.All(error =>
            error.Code
                is nameof(IdentityErrorDescriber.DuplicateUserName)
                    or nameof(IdentityErrorDescriber.DuplicateEmail)
        );
}

/// <summary>The e-mail is taken, or the password too weak.</summary>
internal sealed record SignUpRefused(string Why) : Refusal("sign_up_refused", 400, "That sign-up cannot be made.", Why);
