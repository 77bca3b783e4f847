using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Hosting;
using Tollgate.Settings;
using Tollgate.Storage;

namespace Tollgate.Identity;

/// <summary>How a host takes the sign-in in.</summary>
public static class SignInRegistration
{
    /// <summary>
    /// Registers sign-in by e-mail and password, for users in the host's context, with server-side sessions, limits and
    /// mails. The host registers an <see cref="ISignUpBinding"/>.
    /// </summary>
    public static IServiceCollection AddSignIn<TContext>(this IServiceCollection services, SignInTerms terms)
        where TContext : IdentityDbContext<IdentityUser>
    {
        services.AddSingleton(terms);
        services.AddSingleton(provider => SignInLimits.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddHostTables<SignInDb>(SignInDb.Schema);
        services.AddSettings(SignInLimits.Settings);
        AddUsers<TContext>(services, terms);
        services
            .AddAuthentication(SessionHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, configureOptions: null);
        services.AddAdministrators<TContext>();
        services.AddSingleton<KnownSessions>();
        services.AddSingleton<UserSessions>();
        services.AddSingleton<SignedIn>();
        services.AddSingleton<SignUpStore>();
        services.AddSingleton<WrongPasswords>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<ConfirmSignUp>();
        services.AddScoped(provider => new SignUps(provider, Users(provider), terms));
        services.AddScoped(provider => new OwnPassword(Users(provider), provider.GetRequiredService<WrongPasswords>()));
        services.AddScoped(provider => new ResetPassword(
            provider,
            provider.GetRequiredService<TContext>(),
            Users(provider)
        ));
        if (terms.HasMail)
        {
            services.AddScoped<SignInMails>();
            services.AddSingleton<ForgotPassword>();
            services.AddHostedService(provider => provider.GetRequiredService<ForgotPassword>());
        }

        return services;
    }

    private static void AddUsers<TContext>(IServiceCollection services, SignInTerms terms)
        where TContext : IdentityDbContext<IdentityUser>
    {
        services
            .AddIdentityCore<IdentityUser>(identity =>
            {
                identity.SignIn.RequireConfirmedEmail = terms.HasMail;
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = ""; // a name is an e-mail, which EmailAddress checks
                identity.Password.RequiredLength = SignInTerms.ShortestPassword;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireDigit = false;
                identity.Tokens.PasswordResetTokenProvider = ResetLinks.ProviderName;
            })
            .AddEntityFrameworkStores<TContext>()
            .AddTokenProvider<ResetLinks>(ResetLinks.ProviderName);
        services.AddSingleton<PasswordWork>();
        services.AddSingleton<IPasswordHasher<IdentityUser>>(provider => provider.GetRequiredService<PasswordWork>());
        services.AddScoped<IdentityDbContext<IdentityUser>>(provider => provider.GetRequiredService<TContext>());
    }

    private static UserManager<IdentityUser> Users(IServiceProvider provider) =>
        provider.GetRequiredService<UserManager<IdentityUser>>();
}
