using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Checkout;

namespace Hydra.Tenants;

/// <summary>
/// <c>PUT /api/organization</c>: an owner gives the tenant another name, or its bills another address.
/// </summary>
internal static class RenameOrganization
{
    private sealed record Request(string Organization, string BillingEmail);

    public static void MapOrganization(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/organization").ForMembers();
        group.MapPut("/", RunAsync).ForOwners();
        group.MapPost("/close", CloseOrganization.RunAsync).ForOwners();
    }

    private static async Task<IResult> RunAsync(HttpContext http, HydraDb db, ChangeBillingContact contact)
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var name = asked.Organization.Trim();
        if (!SignUp.IsName(name) || !EmailAddress.IsOne(asked.BillingEmail))
        {
            return RefusalProblem.ToResult(new InvalidRequest("Name your organization, and give one e-mail address."));
        }

        var account = http.Member().Account;
        if (!await contact.RunAsync(account, name, asked.BillingEmail, http.RequestAborted))
        {
            return RefusalProblem.ToResult(new NoBillingAccount());
        }

        await db
            .Organizations.Where(row => row.Id == account.Value)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Name, name), http.RequestAborted);
        return Results.NoContent();
    }
}
