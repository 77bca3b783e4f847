using ImportCsv.Imports;
using Microsoft.AspNetCore.Identity;
using Tollgate;
using Tollgate.Administration.Commands;

namespace ImportCsv.Users;

/// <summary>Accounts of ASP.NET Core Identity under <c>/api/auth</c>, by a cookie.</summary>
internal static class SignIn
{
    public const string CookieName = "importcsv";

    internal sealed record Credentials(string Email, string Password);

    /// <param name="confirmed">Only who has confirmed their e-mail signs in.</param>
    public static void AddSignIn(this IServiceCollection services, bool confirmed)
    {
        services
            .AddIdentityApiEndpoints<IdentityUser>(identity =>
            {
                identity.SignIn.RequireConfirmedEmail = confirmed;
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = ""; // a name is an e-mail, which EmailAddress looks at
                identity.Password.RequiredLength = 12;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireDigit = false;
                identity.Tokens.PasswordResetTokenProvider = ResetLinks.ProviderName;
            })
            .AddEntityFrameworkStores<ImportCsvDb>()
            .AddTokenProvider<ResetLinks>(ResetLinks.ProviderName);
        services.AddScoped<ResetPassword>();
        services.AddSingleton<IHostCommand, UsersCommand>();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = CookieName;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.HttpOnly = true;
            cookie.Events.OnValidatePrincipal = EndedSessions.RefuseAsync;
        });
        services.AddAdministrators<ImportCsvDb>();
    }

    public static void MapSignIn(this WebApplication app)
    {
        var group = app.MapGroup("/api/auth").AddEndpointFilter<SameOriginFilter>();
        group.RequireRateLimiting(PublicRates.SignInPolicy);
        group.MapPost("/login", LogInAsync).DescribedBy(UserDescriptions.LogIn);
        group
            .MapPost("/logout", (SignInManager<IdentityUser> signIn) => signIn.SignOutAsync())
            .DescribedBy(UserDescriptions.LogOut);
        if (app.Environment.IsDevelopment())
        {
            app.MapGet("/api/demo", () => new { accounts = DemoPeople.Emails, password = DemoPeople.Password });
        }
    }

    private static async Task<IResult> LogInAsync(HttpContext http, SignInManager<IdentityUser> signIn)
    {
        var request = await BillingJson.ReadAsync<Credentials>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        signIn.AuthenticationScheme = IdentityConstants.ApplicationScheme;
        var tried = await signIn.PasswordSignInAsync(asked.Email, asked.Password, isPersistent: true, true);
        return tried switch
        {
            { Succeeded: true } => Results.NoContent(),
            { IsLockedOut: true } => RefusalProblem.ToResult(new LockedOut()),
            { IsNotAllowed: true } => RefusalProblem.ToResult(await WhyNotAsync(asked, signIn.UserManager)),
            _ => RefusalProblem.ToResult(new WrongPassword()),
        };
    }

    // Identity has not looked at the password yet; who does not know it is not told that there is somebody
    private static async Task<Refusal> WhyNotAsync(Credentials asked, UserManager<IdentityUser> users)
    {
        if (await users.FindByNameAsync(asked.Email) is not { } user || await users.IsLockedOutAsync(user))
        {
            return new LockedOut();
        }

        if (await users.CheckPasswordAsync(user, asked.Password))
        {
            return new EmailNotConfirmed();
        }

        await users.AccessFailedAsync(user);
        return new WrongPassword();
    }
}

/// <summary>No such person, or another password: nobody is told which.</summary>
internal sealed record WrongPassword()
    : Refusal("wrong_password", 401, "That e-mail and password do not match.", "Check both and try again.");

/// <summary>Too many wrong passwords one after the other.</summary>
internal sealed record LockedOut()
    : Refusal("locked_out", 401, "Too many tries.", "Wait five minutes, then try again.");

/// <summary>The password is right, the e-mail is not confirmed.</summary>
internal sealed record EmailNotConfirmed()
    : Refusal(
        "email_not_confirmed",
        401,
        "Your e-mail is not confirmed yet.",
        "Open the link in the mail we sent you."
    );
