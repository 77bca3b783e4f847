using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate;

namespace ImportCsv.Users;

/// <summary>
/// <c>POST /api/auth/sign-up</c>: makes a user. In the cloud they confirm their e-mail before they sign in.
/// </summary>
internal static class SignUp
{
    internal sealed record NewUser(string Email, string Password);

    internal sealed record Made(bool ConfirmationSent);

    public static void MapSignUp(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/auth/sign-up", RunAsync)
            .AddEndpointFilter<SameOriginFilter>()
            .DescribedBy(UserDescriptions.SignUp);

    private static async Task<IResult> RunAsync(
        HttpContext http,
        ImportCsvDb db,
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

        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        var user = new IdentityUser(asked.Email) { Email = asked.Email };
        if (await AddAsync(user, asked.Password, users) is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        // before the commit: a user whom nobody welcomes could never sign in
        foreach (var hears in news)
        {
            await hears.SignedUpAsync(user, http.RequestAborted);
        }

        await transaction.CommitAsync(http.RequestAborted);
        return BillingJson.Answer(new Made(users.Options.SignIn.RequireConfirmedEmail));
    }

    private static async Task<Refusal?> AddAsync(IdentityUser user, string password, UserManager<IdentityUser> users)
    {
        try
        {
            var made = await users.CreateAsync(user, password);
            return made.Succeeded ? null : new SignUpRefused(made.Errors.First().Description);
        }
        catch (DbUpdateException failure)
            when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new SignUpRefused("The e-mail is taken."); // by a sign-up at the same moment
        }
    }
}

/// <summary>The e-mail is taken, or the password too weak.</summary>
internal sealed record SignUpRefused(string Why) : Refusal("sign_up_refused", 400, "That sign-up cannot be made.", Why);
