using System.Collections.Concurrent;
using System.Security.Claims;
using Tollgate.Accounts;
using Tollgate.Storage;

namespace Tollgate.Access;

/// <summary>
/// Whom the host's directory named last for a caller, so that a gate can answer while the database is away (decision
/// S9). While it answers, each call is looked up, and a removed member is forgotten here at once.
/// </summary>
internal sealed class KnownCallers
{
    private const int CallersMax = 200_000;
    private readonly ConcurrentDictionary<string, BillingCaller> callers = new();

    public async ValueTask<BillingCaller?> FindAsync(
        ClaimsPrincipal principal,
        Func<ValueTask<BillingCaller?>> lookUpAsync
    )
    {
        if (IdOf(principal) is not { } id)
        {
            return await lookUpAsync();
        }

        try
        {
            var found = await lookUpAsync();
            Remember(id, found);
            return found;
        }
        catch (Exception failure) when (DatabaseAway.IsCauseOf(failure) && callers.ContainsKey(id))
        {
            return callers.GetValueOrDefault(id);
        }
    }

    private void Remember(string id, BillingCaller? found)
    {
        if (found is null)
        {
            callers.TryRemove(id, out _);
            return;
        }

        if (!callers.ContainsKey(id) && callers.Count >= CallersMax)
        {
            callers.Clear();
        }

        callers[id] = found;
    }

    private static string? IdOf(ClaimsPrincipal principal) =>
        principal.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? principal.FindFirst("sub")?.Value;
}
