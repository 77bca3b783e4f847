using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;

namespace Tollgate.Accounts;

/// <summary>
/// The host's <see cref="IAccountDirectory"/> as singletons may ask it, whatever its lifetime: in the scope of the
/// request that is served, and in a scope of its own where there is none.
/// </summary>
internal sealed class HostDirectory
{
    private readonly IServiceScopeFactory scopes;
    private readonly IHttpContextAccessor requests;
    private readonly KnownAccounts accounts;

    public HostDirectory(IServiceScopeFactory scopes, IHttpContextAccessor requests, KnownAccounts accounts)
    {
        this.scopes = scopes;
        this.requests = requests;
        this.accounts = accounts;
    }

    /// <summary>Whose account the request is for; one that is not known yet is opened.</summary>
    internal async ValueTask<BillingCaller?> FindCallerAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await In(http.RequestServices).FindCallerAsync(http.User, cancellationToken) is not { } caller)
        {
            return null;
        }

        await accounts.EnsureAsync(caller, http.User, cancellationToken);
        return caller;
    }

    /// <summary>
    /// For what outlives a request, as a stream does: a context that was filled when it began would answer from memory
    /// for as long as it goes on.
    /// </summary>
    internal async ValueTask<BillingCaller?> FindCallerAnewAsync(
        ClaimsPrincipal principal,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        return await In(scope.ServiceProvider).FindCallerAsync(principal, cancellationToken);
    }

    internal ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) =>
        AskAsync(directory => directory.CountSeatsInUseAsync(account, cancellationToken));

    internal ValueTask<Refusal?> FindMisfitAsync(AccountId account, Plan target, CancellationToken cancellationToken) =>
        AskAsync(directory => directory.FindMisfitAsync(account, target, cancellationToken));

    private async ValueTask<T> AskAsync<T>(Func<IAccountDirectory, ValueTask<T>> ask)
    {
        if (requests.HttpContext is { } http)
        {
            return await ask(In(http.RequestServices));
        }

        await using var scope = scopes.CreateAsyncScope();
        return await ask(In(scope.ServiceProvider));
    }

    private static IAccountDirectory In(IServiceProvider services) => services.GetRequiredService<IAccountDirectory>();
}
