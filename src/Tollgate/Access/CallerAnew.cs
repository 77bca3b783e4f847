using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Access;

/// <summary>
/// Authenticates the caller of a long request again, by the scheme that did so at its start: a caller who has signed
/// out since, or whose session has ended, is anonymous.
/// </summary>
internal static class CallerAnew
{
    /// <returns>Null for nobody. The caller as it was where no one scheme says who it is.</returns>
    public static async Task<ClaimsPrincipal?> FindAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var known = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult;
        if (known?.Ticket?.AuthenticationScheme is not { } scheme)
        {
            return http.User;
        }

        // a request of its own: what the first one was answered is remembered with it
        await using var scope = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var again = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            RequestAborted = cancellationToken,
            Request =
            {
                Method = http.Request.Method,
                Scheme = http.Request.Scheme,
                Host = http.Request.Host,
                PathBase = http.Request.PathBase,
                Path = http.Request.Path,
                QueryString = http.Request.QueryString,
            },
        };
        foreach (var (name, value) in http.Request.Headers)
        {
            again.Request.Headers[name] = value;
        }

        again.SetEndpoint(http.GetEndpoint());
        var answer = await again.AuthenticateAsync(scheme);
        return answer.Principal;
    }
}
