using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Http;

namespace Tollgate.Checkout;

/// <summary>HTTP's side of buying: Stripe's page, the way back from it, and its portal.</summary>
internal static class CheckoutEndpoints
{
    /// <param name="SeatCount">May be left out where no seats are sold.</param>
    internal sealed record CheckoutRequest(
        string PriceId,
        [property: WholeNumber] JsonElement? SeatCount = null,
        string? Currency = null
    );

    internal sealed record CheckoutAnswer(string CheckoutUrl);

    internal sealed record ProgressAnswer(CheckoutProgress Status);

    internal sealed record PortalAnswer(string PortalUrl);

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
                var (least, most) = catalog.Seats;
                var seats =
                    asked.SeatCount is null && least == most
                        ? least
                        : BillingCall.ReadSeats(asked.SeatCount ?? default, catalog);
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

    public static async Task<IResult> PortalAsync(HttpContext http, OpenPortal portal, HostDirectory directory)
    {
        var admin = await BillingCall.FindAdminAsync(http, directory);
        var opened = admin.Refusal is { } refusal ? refusal : await portal.RunAsync(admin.Value, http.RequestAborted);
        return opened.Refusal is { } no
            ? RefusalProblem.ToResult(no)
            : BillingJson.Answer(new PortalAnswer(opened.Value!.AbsoluteUri));
    }
}
