using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Checkout;

namespace Tollgate;

/// <summary>HTTP's side of the billing use cases: who calls, what was asked, what is answered.</summary>
internal static class BillingEndpoints
{
    private sealed record CheckoutRequest(string PriceId, JsonElement SeatCount);

    public static async Task<IResult> PlansAsync(HttpContext http, ReadStatus status, ITenantDirectory tenants) =>
        await tenants.FindCallerAsync(http.User, http.RequestAborted) is { } caller
            ? BillingJson.Answer(await status.PlansAsync(caller.Account, http.RequestAborted))
            : RefusalProblem.ToResult(new NoBillingAccount());

    public static async Task<IResult> StatusAsync(HttpContext http, ReadStatus status, ITenantDirectory tenants) =>
        await tenants.FindCallerAsync(http.User, http.RequestAborted) is { } caller
            ? BillingJson.Answer(await status.RunAsync(caller.Account, http.RequestAborted))
            : RefusalProblem.ToResult(new NoBillingAccount());

    public static async Task<IResult> CheckoutAsync(HttpContext http, StartCheckout checkout, ITenantDirectory tenants)
    {
        var (admin, refusal) = await FindAdminAsync(http, tenants);
        if (admin is null)
        {
            return RefusalProblem.ToResult(refusal!);
        }

        var request = await BillingJson.ReadAsync<CheckoutRequest>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (asked.SeatCount.ValueKind != JsonValueKind.Number || !asked.SeatCount.TryGetInt32(out var seats))
        {
            var (least, most) = http.RequestServices.GetRequiredService<PlanCatalog>().Seats;
            return RefusalProblem.ToResult(new SeatCountOutOfRange(least, most));
        }

        var outcome = await checkout.RunAsync(admin.Account, asked.PriceId, seats, http.RequestAborted);
        return outcome.Refusal is { } no
            ? RefusalProblem.ToResult(no)
            : BillingJson.Answer(new { CheckoutUrl = outcome.Value!.AbsoluteUri });
    }

    public static async Task<IResult> SuccessAsync(
        HttpContext http,
        CompleteCheckout complete,
        ITenantDirectory tenants
    )
    {
        if (await tenants.FindCallerAsync(http.User, http.RequestAborted) is not { } caller)
        {
            return RefusalProblem.ToResult(new NoBillingAccount());
        }

        var sessionId = http.Request.Query["session_id"] is [{ } given] ? given : string.Empty;
        var outcome = await complete.RunAsync(caller.Account, sessionId, http.RequestAborted);
        return outcome.Refusal is { } refusal
            ? RefusalProblem.ToResult(refusal)
            : BillingJson.Answer(new { Status = outcome.Value });
    }

    private static async Task<(BillingCaller? Admin, Refusal? Refusal)> FindAdminAsync(
        HttpContext http,
        ITenantDirectory tenants
    )
    {
        var caller = await tenants.FindCallerAsync(http.User, http.RequestAborted);
        return caller switch
        {
            null => (null, new NoBillingAccount()),
            { IsBillingAdmin: false } => (null, new BillingAdminRequired()),
            _ => (caller, null),
        };
    }
}
