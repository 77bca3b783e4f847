using System.Text.Json;
using Hydra.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Identity;

namespace Hydra.Tenants;

/// <summary>A person who has confirmed the address gets their own tenant, or joins the one that invited them.</summary>
internal sealed class SignUpBinding(HydraDb db, OpenAccount openAccount, TimeProvider machineTime) : ISignUpBinding
{
    public Task<Refusal?> BindAsync(IdentityUser user, JsonElement details, CancellationToken cancellationToken) =>
        details.Deserialize<SignUp.Details>() switch
        {
            { Organization: { } name } => FoundAsync(user, name, cancellationToken),
            { InvitationHash: { } hash } => JoinAsync(user, hash, cancellationToken),
            _ => throw new InvalidOperationException("A sign-up neither founds a tenant nor joins one."),
        };

    /// <summary>A member's mails go with the tenant, others' stand by themselves.</summary>
    public async ValueTask<AccountId> FindAccountAsync(string userId, CancellationToken cancellationToken)
    {
        var membership = await db
            .Memberships.AsNoTracking()
            .SingleOrDefaultAsync(row => row.UserId == userId, cancellationToken);
        return new AccountId(membership?.OrganizationId ?? userId);
    }

    private async Task<Refusal?> FoundAsync(IdentityUser user, string name, CancellationToken cancellationToken)
    {
        var tenant = new Organization { Id = Guid.CreateVersion7().ToString("N"), Name = name };
        db.Add(tenant);
        await AddAsync(user, tenant.Id, isOwner: true, cancellationToken);
        // Before the commit: a tenant that billing does not know could not pay; one that only billing knows is nobody.
        await openAccount.RunAsync(new AccountId(tenant.Id), name, user.Email!, cancellationToken);
        return null;
    }

    // it may have been revoked, replaced or used since the mail went out
    private async Task<Refusal?> JoinAsync(IdentityUser user, byte[] hash, CancellationToken cancellationToken)
    {
        var now = machineTime.GetUtcNow();
        var invitation = await db.Set<Invitation>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.SecretHash == hash && row.ExpiresAt > now, cancellationToken);
        var used = await db.Set<Invitation>()
            .Where(row => row.SecretHash == hash)
            .ExecuteDeleteAsync(cancellationToken);
        if (invitation is null || used == 0)
        {
            return new InvitationNotFound();
        }

        await AddAsync(user, invitation.OrganizationId, invitation.IsOwner, cancellationToken);
        return null;
    }

    private async Task AddAsync(IdentityUser user, string tenant, bool isOwner, CancellationToken cancellationToken)
    {
        db.Add(
            new Membership
            {
                UserId = user.Id,
                OrganizationId = tenant,
                IsOwner = isOwner,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
    }
}
