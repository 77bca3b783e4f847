using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Http;

namespace Tollgate.Identity;

/// <summary>The routes of signing in, the same in every host.</summary>
public static class SignInRoutes
{
    /// <summary>
    /// Maps <c>/api/auth/login</c> and <c>/logout</c>, with mail also <c>/confirm</c>, <c>/confirm/again</c>,
    /// <c>/forgot</c> and <c>/reset</c>, and for who is signed in <c>/api/me/password</c>. Signing up is the host's own
    /// endpoint, by <see cref="MapSignUp"/>.
    /// </summary>
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var terms = routes.ServiceProvider.GetRequiredService<SignInTerms>();
        var calls = routes.MapGroup("/api/auth").ForStrangers(Calls);
        calls.MapPost("/login", LogIn.RunAsync).DescribedBy(SignInDescriptions.LogIn(terms));
        calls.MapPost("/logout", LogIn.EndAsync).DescribedBy(SignInDescriptions.LogOut);
        var own = routes.MapGroup("/api/me").RequireAuthorization().AddEndpointFilter<SameOriginFilter>();
        own.MapPost("/password", ChangePassword.RunAsync)
            .AddEndpointFilter<RetryAfterHeader>()
            .DescribedBy(SignInDescriptions.ChangePassword);
        if (!terms.HasMail)
        {
            return;
        }

        calls.MapPost("/confirm/", LogIn.ConfirmAsync).DescribedBy(SignInDescriptions.Confirm);
        var mails = routes.MapGroup("/api/auth").ForStrangers(Mails);
        mails.MapPost("/confirm/again", LogIn.AgainAsync).DescribedBy(SignInDescriptions.ConfirmAgain);
        mails.MapPost("/forgot", ForgotPassword.ForgotAsync).DescribedBy(SignInDescriptions.Forgot);
        mails.MapPost("/reset", ForgotPassword.ResetAsync).DescribedBy(SignInDescriptions.Reset);
    }

    /// <summary>
    /// Maps a host's endpoint for people who are not signed in yet, with the limits that all of those have together.
    /// </summary>
    public static RouteHandlerBuilder MapSignUp(this IEndpointRouteBuilder routes, string path, Delegate handler) =>
        routes.MapGroup("").ForStrangers(Calls).MapPost(path, handler);

    private static (string Key, int PerMinute) Calls(SignInLimits limits) => ("calls", limits.CallsPerMinute);

    private static (string Key, int PerMinute) Mails(SignInLimits limits) => ("mails", limits.MailsPerMinute);

    // open to everybody, said of each route, and nothing that they answer is kept
    private static RouteGroupBuilder ForStrangers(
        this RouteGroupBuilder group,
        Func<SignInLimits, (string Key, int PerMinute)> limit
    )
    {
        group.AllowAnonymous();
        group.AddEndpointFilter<SameOriginFilter>();
        group.AddEndpointFilter<RetryAfterHeader>();
        group.AddEndpointFilter(
            async (context, next) =>
            {
                var http = context.HttpContext;
                http.Response.Headers.CacheControl = "no-store";
                var (key, perMinute) = limit(http.RequestServices.GetRequiredService<SignInLimits>());
                var limited = await http
                    .RequestServices.GetRequiredService<CallRates>()
                    .TakeAsync(
                        $"{key}:{CallerNetwork.Of(http).Address}",
                        new CallRate(perMinute, TimeSpan.FromMinutes(1)),
                        http.RequestAborted
                    );
                return limited is null ? await next(context) : RefusalProblem.ToResult(limited);
            }
        );
        return group;
    }
}
