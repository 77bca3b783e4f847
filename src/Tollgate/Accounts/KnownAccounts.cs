using System.Collections.Concurrent;
using System.Security.Claims;

namespace Tollgate.Accounts;

/// <summary>
/// Opens the account of a caller that nobody opened. What this node has seen is remembered, so that of an account's
/// calls the first alone asks the database.
/// </summary>
internal sealed class KnownAccounts(OpenAccount open)
{
    private const int RememberedMax = 200_000;

    // true when nothing is left to be filled in
    private readonly ConcurrentDictionary<AccountId, bool> seen = new();

    public async ValueTask EnsureAsync(
        BillingCaller caller,
        ClaimsPrincipal principal,
        CancellationToken cancellationToken
    )
    {
        if (seen.TryGetValue(caller.Account, out var isWhole) && isWhole)
        {
            return;
        }

        var contact = FirstContact.Of(caller, principal);
        if (seen.ContainsKey(caller.Account) && contact.BillingEmail.Length == 0)
        {
            return; // as little is known as before
        }

        var found = await open.AddAsync(caller.Account, contact.Name, contact.BillingEmail, cancellationToken);
        if (seen.Count >= RememberedMax)
        {
            seen.Clear();
        }

        seen[caller.Account] = found.IsClosed || found.HasEmail;
    }
}
