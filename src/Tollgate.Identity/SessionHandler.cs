using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Tollgate.Hosting;

namespace Tollgate.Identity;

/// <summary>
/// Knows the caller by the secret of a session, in the host's cookie or as a bearer token. What a session says is
/// looked up at each call, so nothing that was given out goes on holding by itself.
/// </summary>
internal sealed class SessionHandler(
    UserSessions sessions,
    SignInTerms terms,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "session";
    private const string Bearer = "Bearer ";

    /// <summary>What the caller shows, whether or not it holds.</summary>
    public static string? FindSecret(HttpRequest request, SignInTerms terms) =>
        terms.TakesBearer
        && request.Headers.Authorization is [{ } shown]
        && shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? shown[Bearer.Length..].Trim()
        : request.Cookies.TryGetValue(terms.CookieName, out var cookie) ? cookie
        : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // static files are everybody's, and what is open asks the database nothing; a page leads to the sign-in itself
        if (
            Context.GetEndpoint() is not { Metadata: var metadata }
            || (
                metadata.GetMetadata<IAllowAnonymous>() is not null
                && metadata.GetMetadata<HostPage>() is not { IsOpen: false }
            )
            || FindSecret(Request, terms) is not { Length: > 0 } secret
        )
        {
            return AuthenticateResult.NoResult();
        }

        if (await sessions.FindAsync(secret, Context.RequestAborted) is not { } user)
        {
            return AuthenticateResult.NoResult();
        }

        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, user.Id),
                new Claim(ClaimTypes.Name, user.Name),
                new Claim(ClaimTypes.Email, user.Email ?? ""),
            ],
            SchemeName
        );
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (terms.TakesBearer)
        {
            Response.Headers[HeaderNames.WWWAuthenticate] = Bearer.Trim();
        }

        return base.HandleChallengeAsync(properties);
    }
}
