using System.Collections.Concurrent;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Http;

namespace Standalone.Accounts;

/// <summary>
/// Refuses a path whose account could be none or two, and one of a closed account. One that is not known is opened.
/// </summary>
internal sealed class AccountInPath(OpenAccounts accounts) : IEndpointFilter
{
    private static readonly InvalidRequest Unusable = new(
        "An account's id in a path has 1 to 200 characters that can be seen, percent-encoded, and no slash."
    );

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetRouteValue(AppAccounts.RouteValue) is not string id || !IsUsable(id))
        {
            return RefusalProblem.ToResult(Unusable);
        }

        // what an account had is read and closed again for as long as anybody asks
        var isOpen =
            HttpMethods.IsGet(http.Request.Method)
            || HttpMethods.IsDelete(http.Request.Method)
            || await accounts.IsOpenAsync(new AccountId(id), http.RequestAborted);
        return isOpen ? await next(context) : RefusalProblem.ToResult(new AccountIsClosed());
    }

    // an encoded slash is the one character that routing leaves encoded, and so is the same as its own three
    private static bool IsUsable(string id) =>
        AccountId.IsOne(id) && !id.Contains("%2F", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Opens accounts that an app names for the first time. That one is open is remembered for a minute, so that a node may
/// be that late to know of a closing on another.
/// </summary>
internal sealed class OpenAccounts(OpenAccount open, TimeProvider machineTime)
{
    private const int RememberedMax = 200_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<AccountId, DateTimeOffset> seen = new();

    public async ValueTask<bool> IsOpenAsync(AccountId account, CancellationToken cancellationToken)
    {
        var now = machineTime.GetUtcNow();
        if (seen.TryGetValue(account, out var at) && now - at < Remembered)
        {
            return true;
        }

        if (!await open.RunAsync(account, cancellationToken))
        {
            return false;
        }

        if (seen.Count >= RememberedMax)
        {
            seen.Clear();
        }

        seen[account] = now;
        return true;
    }

    public void Forget(AccountId account) => seen.TryRemove(account, out _);
}
