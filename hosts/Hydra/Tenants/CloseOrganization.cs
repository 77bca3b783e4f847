using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate.Http;
using Tollgate.Lifecycle;

namespace Hydra.Tenants;

/// <summary>
/// <c>POST /api/organization/close</c>: an owner closes the tenant for good, and says its name to show
/// that it is meant.
/// </summary>
internal static class CloseOrganization
{
    private sealed record Request(string Organization);

    public static async Task<IResult> RunAsync(HttpContext http, HydraDb db, CloseAccount close)
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var account = http.Member().Account;
        var isMeant = await db.Organizations.AnyAsync(
            row => row.Id == account.Value && row.Name == asked.Organization,
            http.RequestAborted
        );
        if (!isMeant)
        {
            return RefusalProblem.ToResult(new InvalidRequest("Give the organization's name to close it."));
        }

        // what was begun at Stripe is carried through, whether or not the browser waits
        var closed = await close.RunAsync(account, "closed by its owner", CancellationToken.None);
        return closed.Refusal is { } refusal ? RefusalProblem.ToResult(refusal) : Results.NoContent();
    }
}
