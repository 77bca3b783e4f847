using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Checkout;

namespace Tollgate;

/// <summary>HTTP's side of the billing use cases: who calls, what was asked, what is answered.</summary>
internal static class BillingEndpoints
{
    internal sealed record CheckoutRequest(
        string PriceId,
        [property: WholeNumber] JsonElement SeatCount,
        string? Currency = null
    );

    internal sealed record CheckoutAnswer(string CheckoutUrl);

    internal sealed record ProgressAnswer(CheckoutProgress Status);

    public static async Task<IResult> PlansAsync(HttpContext http, ReadStatus status, HostDirectory directory)
    {
        if (await directory.FindCallerAsync(http, http.RequestAborted) is not { } caller)
        {
            return RefusalProblem.ToResult(new NoBillingAccount());
        }

        var currency = http.Request.Query["currency"] is [{ } given] ? given : null;
        var plans = await status.PlansAsync(caller.Account, currency, http.RequestAborted);
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

    public static async Task<IResult> FeaturesAsync(HttpContext http, ReadFeatures features, HostDirectory directory) =>
        await directory.FindCallerAsync(http, http.RequestAborted) is { } caller
            ? BillingJson.Answer(await features.RunAsync(caller.Account, http.RequestAborted))
            : RefusalProblem.ToResult(new NoBillingAccount());

    public static Task<IResult> CheckoutAsync(
        HttpContext http,
        StartCheckout checkout,
        HostDirectory directory,
        PlanCatalog catalog
    ) =>
        BillingCall.OfAdminAsync<CheckoutRequest>(
            http,
            directory,
            async (account, asked) =>
            {
                var seats = BillingCall.ReadSeats(asked.SeatCount, catalog);
                var outcome = seats.Refusal is { } refusal
                    ? refusal
                    : await checkout.RunAsync(account, asked.PriceId, seats.Value, asked.Currency, http.RequestAborted);
                return outcome.Refusal is { } no
                    ? RefusalProblem.ToResult(no)
                    : BillingJson.Answer(new CheckoutAnswer(outcome.Value!.AbsoluteUri));
            }
        );

    public static async Task<IResult> SuccessAsync(HttpContext http, CompleteCheckout complete, HostDirectory directory)
    {
        if (await directory.FindCallerAsync(http, http.RequestAborted) is not { } caller)
        {
            return RefusalProblem.ToResult(new NoBillingAccount());
        }

        if (await BillingCall.LimitSuccessAsync(http, caller.Account) is { } limited)
        {
            return RefusalProblem.ToResult(limited);
        }

        var sessionId = http.Request.Query["session_id"] is [{ } given] ? given : string.Empty;
        var outcome = await complete.RunAsync(caller.Account, sessionId, http.RequestAborted);
        return outcome.Refusal is { } refusal
            ? RefusalProblem.ToResult(refusal)
            : BillingJson.Answer(new ProgressAnswer(outcome.Value));
    }
}
