using Microsoft.AspNetCore.Http;
using Tollgate.Accounts;
using Tollgate.Http;

namespace Tollgate.Status;

/// <summary>HTTP's side of what an account has, and of what it may choose.</summary>
internal static class StatusEndpoints
{
    public static async Task<IResult> PlansAsync(HttpContext http, ReadPlans read, HostDirectory directory)
    {
        if (await directory.FindCallerAsync(http, http.RequestAborted) is not { } caller)
        {
            return RefusalProblem.ToResult(new NoBillingAccount());
        }

        var currency = http.Request.Query["currency"] is [{ } given] ? given : null;
        var plans = await read.RunAsync(caller.Account, currency, http.RequestAborted);
        return plans.Refusal is { } refusal ? RefusalProblem.ToResult(refusal) : BillingJson.Answer(plans.Value);
    }

    public static async Task<IResult> StatusAsync(HttpContext http, ReadStatus status, HostDirectory directory) =>
        await directory.FindCallerAsync(http, http.RequestAborted) is { } caller
            ? BillingJson.Answer(Shown(await status.RunAsync(caller.Account, http.RequestAborted), caller))
            : RefusalProblem.ToResult(new NoBillingAccount());

    // Stripe's page of an invoice shows names and addresses: whoever pays is led there, and nobody else.
    private static BillingStatus Shown(BillingStatus status, BillingCaller caller) =>
        status.PendingChange is { } waiting && !caller.IsBillingAdmin
            ? status with
            {
                PendingChange = waiting with { PaymentUrl = null },
            }
            : status;
}
