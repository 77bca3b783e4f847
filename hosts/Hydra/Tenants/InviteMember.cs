using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Http;

namespace Hydra.Tenants;

/// <summary>
/// The tenant's people under <c>/api/members</c>: everybody sees them, owners invite. Hydra sends no mail; the owner
/// passes on the link.
/// </summary>
internal static class InviteMember
{
    private sealed record Request(string Email, bool Owner = false);

    public static void MapMembers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/members").ForMembers();
        group.MapGet("/", ListAsync);
        group.MapPost("/", InviteAsync).ForOwners();
        group.MapDelete("/{id}", RemoveMember.RunAsync).ForOwners();
        group.MapDelete("/invitations/{id:guid}", RevokeAsync).ForOwners();
    }

    private static async Task<IResult> ListAsync(HttpContext http, HydraDb db)
    {
        var tenant = http.Member().Account.Value;
        var members = await db
            .Memberships.Where(membership => membership.OrganizationId == tenant)
            .Join(
                db.Users,
                membership => membership.UserId,
                user => user.Id,
                (membership, user) => new { membership, user }
            )
            .OrderBy(one => one.user.Email)
            .Select(one => new
            {
                one.user.Id,
                one.user.Email,
                one.membership.IsOwner,
            })
            .ToListAsync(http.RequestAborted);
        var invitations = await db.Set<Invitation>()
            .Where(invitation => invitation.OrganizationId == tenant)
            .OrderBy(invitation => invitation.Email)
            .Select(invitation => new
            {
                invitation.Id,
                invitation.Email,
                invitation.IsOwner,
                invitation.ExpiresAt,
            })
            .ToListAsync(http.RequestAborted);
        return BillingJson.Answer(new { Members = members, Invitations = invitations });
    }

    // A second invitation of the same address takes the place of the first.
    private static async Task<IResult> InviteAsync(
        HttpContext http,
        HydraDb db,
        TollgateOptions options,
        BillingClock clock,
        TimeProvider machineTime
    )
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (!EmailAddress.IsOne(asked.Email))
        {
            return RefusalProblem.ToResult(new InvalidRequest("Give one e-mail address."));
        }

        var member = http.Member();
        var secret = Invitation.NewSecret();
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = member.Account.Value,
            Email = asked.Email,
            IsOwner = asked.Owner,
            SecretHash = Invitation.HashOf(secret),
            ExpiresAt = machineTime.GetUtcNow() + Invitation.Lifetime,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        await db.LockTenantAsync(member.Account, http.RequestAborted);
        await db.Set<Invitation>()
            .Where(row => row.OrganizationId == invitation.OrganizationId && row.Email == asked.Email)
            .ExecuteDeleteAsync(http.RequestAborted);
        db.Add(invitation);
        db.Add(member.Did("member_invited", asked.Email, clock.Now));
        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        var url = options.PageUrl($"/sign-up?invitation={secret}");
        return BillingJson.Answer(
            new
            {
                invitation.Id,
                InviteUrl = url,
                invitation.ExpiresAt,
            }
        );
    }

    private static async Task<IResult> RevokeAsync(Guid id, HttpContext http, HydraDb db) =>
        await db.Set<Invitation>()
            .Where(row => row.Id == id && row.OrganizationId == http.Member().Account.Value)
            .ExecuteDeleteAsync(http.RequestAborted) == 1
            ? Results.NoContent()
            : RefusalProblem.ToResult(new InvitationNotFound());
}

/// <summary>Never made, used, revoked, replaced or expired: which of them is nobody's business.</summary>
internal sealed record InvitationNotFound()
    : Refusal(
        "invitation_not_found",
        404,
        "This invitation is no longer valid.",
        "Ask an owner of the team for a new one."
    );
