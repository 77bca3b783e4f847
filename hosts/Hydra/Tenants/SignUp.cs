using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Http;
using Tollgate.Identity;

namespace Hydra.Tenants;

/// <summary>
/// Every sign-in belongs to a tenant: signing up makes one with its owner, or joins the one that invited, as soon as
/// the link that was mailed to the address is used. Until then nothing is made, and no address is taken.
/// </summary>
internal static class SignUp
{
    private const int LongestName = 200;

    private sealed record NewTenant(string Organization, string Email, string Password);

    private sealed record Joining(string Invitation, string Password);

    private sealed record Asked(string Email, bool ConfirmationSent = true);

    /// <summary>What becomes of the person: an owner of a new tenant, or whom the invitation wants.</summary>
    internal sealed record Details(string? Organization = null, byte[]? InvitationHash = null);

    public static void MapSignUp(this IEndpointRouteBuilder routes)
    {
        routes.MapSignUp("/api/auth/register", RegisterAsync);
        routes.MapSignUp("/api/auth/join", JoinAsync);
    }

    public static bool IsName(string name) => name.Length is > 0 and <= LongestName && !name.Any(char.IsControl);

    private static async Task<IResult> RegisterAsync(HttpContext http, SignUps signUps)
    {
        var request = await BillingJson.ReadAsync<NewTenant>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var name = asked.Organization.Trim();
        if (!IsName(name))
        {
            return RefusalProblem.ToResult(new InvalidRequest("Name your organization, and give one e-mail address."));
        }

        var details = new Details(Organization: name);
        return Answer(asked.Email, await signUps.RequestAsync(http, asked.Email, asked.Password, details));
    }

    // the link may be in anybody's hands: the mail goes to whom the owner meant
    private static async Task<IResult> JoinAsync(
        HttpContext http,
        HydraDb db,
        SignUps signUps,
        TimeProvider machineTime
    )
    {
        var request = await BillingJson.ReadAsync<Joining>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var hash = Invitation.HashOf(asked.Invitation);
        var now = machineTime.GetUtcNow();
        var invitation = await db.Set<Invitation>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.SecretHash == hash && row.ExpiresAt > now, http.RequestAborted);
        if (invitation is null)
        {
            return RefusalProblem.ToResult(new InvitationNotFound());
        }

        var details = new Details(InvitationHash: hash);
        return Answer(
            invitation.Email,
            await signUps.RequestAsync(http, invitation.Email, asked.Password, details, isInvited: true)
        );
    }

    private static IResult Answer(string email, Refusal? refusal) =>
        refusal is null ? BillingJson.Answer(new Asked(email)) : RefusalProblem.ToResult(refusal);
}
