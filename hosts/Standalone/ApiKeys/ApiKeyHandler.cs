using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Tollgate;
using Tollgate.Http;

namespace Standalone.ApiKeys;

/// <summary>
/// Knows a caller by the key of <c>Authorization: Bearer</c>. Who holds a key speaks for every account of the app, and
/// says in the path for which.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    KnownKeys keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "api-key";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (
            Request.Headers.Authorization is not [{ } header]
            || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        )
        {
            return AuthenticateResult.NoResult();
        }

        if (await keys.FindAsync(header[Prefix.Length..].Trim(), Context.RequestAborted) is not { } key)
        {
            return AuthenticateResult.Fail("No key that holds has this secret.");
        }

        var claims = key
            .Scopes.Select(scope => new Claim(ApiScope.Claim, scope))
            .Append(new Claim(ClaimTypes.NameIdentifier, key.Id));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return AnswerAsync(new ApiKeyRequired());
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        AnswerAsync(new ScopeMissing(Context.GetEndpoint()!.Metadata.GetRequiredMetadata<ScopeRequired>().Scope));

    private Task AnswerAsync(Refusal refusal) => RefusalProblem.ToResult(refusal).ExecuteAsync(Context);
}
