using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Tollgate.Identity;

/// <summary>Begins and ends the caller's session, on the caller's side too.</summary>
internal sealed class SignedIn(UserSessions sessions, SignInTerms terms, TollgateOptions options)
{
    internal sealed record Token(string TokenType, string AccessToken, long ExpiresIn);

    /// <summary>Whatever session the browser had before is over: nobody slips somebody a session of theirs.</summary>
    public async Task BeginAsync(HttpContext http, IdentityUser user, CancellationToken cancellationToken)
    {
        await EndRowAsync(http, cancellationToken);
        var secret = await sessions.BeginAsync(user, cancellationToken);
        http.Response.Cookies.Append(terms.CookieName, secret, Cookie(http, UserSessions.Longest));
    }

    public async Task<Token> BeginTokenAsync(IdentityUser user, CancellationToken cancellationToken) =>
        new("Bearer", await sessions.BeginAsync(user, cancellationToken), (long)UserSessions.Longest.TotalSeconds);

    /// <summary>Also for a caller who is not signed in any more.</summary>
    public async Task EndAsync(HttpContext http, CancellationToken cancellationToken)
    {
        await EndRowAsync(http, cancellationToken);
        http.Response.Cookies.Delete(terms.CookieName, Cookie(http, lifetime: null));
    }

    private async Task EndRowAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (SessionHandler.FindSecret(http.Request, terms) is { Length: > 0 } secret)
        {
            await sessions.EndAsync(secret, cancellationToken);
        }
    }

    private CookieOptions Cookie(HttpContext http, TimeSpan? lifetime) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps || options.AppUrl.Scheme == Uri.UriSchemeHttps,
            Path = "/",
            MaxAge = lifetime,
            IsEssential = true,
        };
}
