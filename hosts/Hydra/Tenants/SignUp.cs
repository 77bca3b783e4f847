using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate;
using Tollgate.Accounts;

namespace Hydra.Tenants;

/// <summary>
/// Every sign-in belongs to a tenant: signing up makes one with its owner, or joins the one that invited. It stands in
/// for Identity's own registration, which would make people without a tenant.
/// </summary>
internal static class SignUp
{
    private const int LongestName = 200;

    private sealed record NewTenant(string Organization, string Email, string Password);

    private sealed record Joining(string Invitation, string Password);

    public static void MapSignUp(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/auth").AddEndpointFilter<SameOriginFilter>();
        // before Identity's, whose order is 0
        group.MapPost("/register", RegisterAsync).WithOrder(-1);
        group.MapPost("/join", JoinAsync);
    }

    public static bool IsName(string name) => name.Length is > 0 and <= LongestName && !name.Any(char.IsControl);

    private static async Task<IResult> RegisterAsync(
        HttpContext http,
        HydraDb db,
        UserManager<IdentityUser> users,
        OpenAccount openAccount
    )
    {
        var request = await BillingJson.ReadAsync<NewTenant>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var name = asked.Organization.Trim();
        if (!IsName(name) || !EmailAddress.IsOne(asked.Email))
        {
            return RefusalProblem.ToResult(new InvalidRequest("Name your organization, and give one e-mail address."));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        var tenant = new Organization { Id = Guid.CreateVersion7().ToString("N"), Name = name };
        db.Add(tenant);
        if (await AddAsync(asked.Email, asked.Password, tenant.Id, isOwner: true, db, users) is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        // Before the commit: a tenant that billing does not know could not pay; one that only billing knows is nobody.
        await openAccount.RunAsync(new AccountId(tenant.Id), name, asked.Email, http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> JoinAsync(
        HttpContext http,
        HydraDb db,
        UserManager<IdentityUser> users,
        TimeProvider machineTime
    )
    {
        var request = await BillingJson.ReadAsync<Joining>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        var hash = Invitation.HashOf(asked.Invitation);
        var now = machineTime.GetUtcNow();
        var invitation = await db.Set<Invitation>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.SecretHash == hash && row.ExpiresAt > now, http.RequestAborted);
        var used = await db.Set<Invitation>()
            .Where(row => row.SecretHash == hash)
            .ExecuteDeleteAsync(http.RequestAborted);
        if (invitation is null || used == 0)
        {
            return RefusalProblem.ToResult(new InvitationNotFound());
        }

        var refusal = await AddAsync(
            invitation.Email,
            asked.Password,
            invitation.OrganizationId,
            invitation.IsOwner,
            db,
            users
        );
        if (refusal is not null)
        {
            return RefusalProblem.ToResult(refusal); // rolls back: the invitation can still be used
        }

        await transaction.CommitAsync(http.RequestAborted);
        return BillingJson.Answer(new { invitation.Email });
    }

    private static async Task<Refusal?> AddAsync(
        string email,
        string password,
        string tenant,
        bool isOwner,
        HydraDb db,
        UserManager<IdentityUser> users
    )
    {
        var user = new IdentityUser(email) { Email = email };
        try
        {
            var made = await users.CreateAsync(user, password);
            if (!made.Succeeded)
            {
                return new SignUpRefused(made.Errors.First().Description);
            }
        }
        catch (DbUpdateException failure)
            when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new SignUpRefused("The e-mail is taken."); // by a sign-up at the same moment
        }

        db.Add(
            new Membership
            {
                UserId = user.Id,
                OrganizationId = tenant,
                IsOwner = isOwner,
            }
        );
        await db.SaveChangesAsync();
        return null;
    }
}

/// <summary>The e-mail is taken, or the password too weak.</summary>
internal sealed record SignUpRefused(string Why) : Refusal("sign_up_refused", 400, "That sign-up cannot be made.", Why);
