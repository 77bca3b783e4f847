using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Checkout;
using Tollgate.Http;
using Tollgate.Identity;

namespace Hydra.Tenants;

/// <summary>
/// <c>PUT /api/organization</c>: an owner gives the tenant another name, or its bills another address. An address of
/// nobody in the tenant has to be confirmed first: see <see cref="ConfirmBillingEmail"/>.
/// </summary>
internal static class RenameOrganization
{
    private sealed record Request(string Organization, string BillingEmail);

    private sealed record Done(bool ConfirmationSent);

    public static void MapOrganization(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/organization").ForMembers();
        group.MapPut("/", RunAsync).ForOwners().AddEndpointFilter<RetryAfterHeader>();
        group.MapPost("/close", CloseOrganization.RunAsync).ForOwners();
        routes.MapSignUp("/api/auth/billing-email", ConfirmBillingEmail.RunAsync);
    }

    private static async Task<IResult> RunAsync(
        HttpContext http,
        HydraDb db,
        ChangeBillingContact contact,
        ConfirmBillingEmail confirm
    )
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
        if (await confirm.FindPresentAsync(account, http.RequestAborted) is not { } present)
        {
            return RefusalProblem.ToResult(new NoBillingAccount());
        }

        var isKnown =
            asked.BillingEmail == present
            || await confirm.IsMembersAsync(account, asked.BillingEmail, http.RequestAborted);
        if (!isKnown && await confirm.AskAsync(account, present, asked.BillingEmail) is { } limited)
        {
            return RefusalProblem.ToResult(limited);
        }

        if (!await contact.RunAsync(account, name, isKnown ? asked.BillingEmail : present, http.RequestAborted))
        {
            return RefusalProblem.ToResult(new NoBillingAccount());
        }

        await db
            .Organizations.Where(row => row.Id == account.Value)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Name, name), http.RequestAborted);
        return BillingJson.Answer(new Done(ConfirmationSent: !isKnown));
    }
}
