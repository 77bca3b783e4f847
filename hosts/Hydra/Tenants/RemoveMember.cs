using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Access;
using Tollgate.Http;

namespace Hydra.Tenants;

/// <summary>
/// <c>DELETE /api/members/{id}</c>: the person's sign-in goes with the membership, for it belongs to one tenant. Calls
/// and streams of an old cookie or token are refused at once, for each call looks the member up.
/// </summary>
internal static class RemoveMember
{
    public static async Task<IResult> RunAsync(string id, HttpContext http, HydraDb db, BillingClock clock)
    {
        var member = http.Member();
        var tenant = member.Account.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        await db.LockTenantAsync(member.Account, http.RequestAborted);
        var membership = await db.Memberships.SingleOrDefaultAsync(
            row => row.UserId == id && row.OrganizationId == tenant,
            http.RequestAborted
        );
        if (membership is null)
        {
            return RefusalProblem.ToResult(new MemberNotFound());
        }

        var owners = await db.Memberships.CountAsync(
            row => row.OrganizationId == tenant && row.IsOwner,
            http.RequestAborted
        );
        if (membership.IsOwner && owners == 1)
        {
            return RefusalProblem.ToResult(new LastOwner());
        }

        var user = await db.Users.SingleAsync(row => row.Id == id, http.RequestAborted);
        db.Remove(user);
        db.Add(member.Did("member_removed", user.Email ?? id, clock.Now));
        await db.SaveChangesAsync(http.RequestAborted);
        // the person's open streams look up their member, and end
        await db.Database.ExecuteSqlAsync($"SELECT pg_notify({AccessGate.Channel}, {tenant})", http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.NoContent();
    }
}

/// <summary>No such member of this tenant, whoever else's it may be.</summary>
internal sealed record MemberNotFound()
    : Refusal("member_not_found", 404, "No such member.", "They may have been removed.");

/// <summary>Nobody would be left who may invite, pay or remove.</summary>
internal sealed record LastOwner()
    : Refusal("last_owner", 409, "A team keeps one owner.", "Invite another owner first.");
