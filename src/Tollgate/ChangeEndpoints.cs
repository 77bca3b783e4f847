using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Changes;
using Tollgate.Checkout;

namespace Tollgate;

/// <summary>HTTP's side of changing a subscription: a preview first, then the same call with its date.</summary>
internal static class ChangeEndpoints
{
    private sealed record SeatsRequest(JsonElement SeatCount, bool Preview, JsonElement ProrationDate = default);

    private sealed record UpgradeRequest(string PriceId, bool Preview, JsonElement ProrationDate = default);

    public static Task<IResult> SeatsAsync(
        HttpContext http,
        ChangeSeats change,
        ITenantDirectory tenants,
        PlanCatalog catalog
    ) =>
        BillingCall.OfAdminAsync<SeatsRequest>(
            http,
            tenants,
            async (account, asked) =>
                BillingCall.ReadSeats(asked.SeatCount, catalog) switch
                {
                    { Refusal: { } refusal } => RefusalProblem.ToResult(refusal),
                    { Value: var seats } => await AnswerAsync(
                        asked.Preview,
                        asked.ProrationDate,
                        () => change.PreviewAsync(account, seats, http.RequestAborted),
                        date => change.ApplyAsync(account, seats, date, http.RequestAborted)
                    ),
                }
        );

    public static Task<IResult> UpgradeAsync(HttpContext http, ChangePlan change, ITenantDirectory tenants) =>
        BillingCall.OfAdminAsync<UpgradeRequest>(
            http,
            tenants,
            (account, asked) =>
                AnswerAsync(
                    asked.Preview,
                    asked.ProrationDate,
                    () => change.PreviewAsync(account, asked.PriceId, http.RequestAborted),
                    date => change.ApplyAsync(account, asked.PriceId, date, http.RequestAborted)
                )
        );

    public static async Task<IResult> PortalAsync(HttpContext http, OpenPortal portal, ITenantDirectory tenants)
    {
        var admin = await BillingCall.FindAdminAsync(http, tenants);
        var opened = admin.Refusal is { } refusal ? refusal : await portal.RunAsync(admin.Value, http.RequestAborted);
        return opened.Refusal is { } no
            ? RefusalProblem.ToResult(no)
            : BillingJson.Answer(new { PortalUrl = opened.Value!.AbsoluteUri });
    }

    private static async Task<IResult> AnswerAsync(
        bool isPreview,
        JsonElement prorationDate,
        Func<Task<Outcome<Quote>>> previewAsync,
        Func<DateTimeOffset, Task<Outcome<Quote>>> applyAsync
    )
    {
        if (isPreview)
        {
            var quoted = await previewAsync();
            return quoted.Refusal is { } no ? RefusalProblem.ToResult(no) : BillingJson.Answer(Shown(quoted.Value!));
        }

        var date = ReadDate(prorationDate);
        if (date.Refusal is { } unclear)
        {
            return RefusalProblem.ToResult(unclear);
        }

        var applied = await applyAsync(date.Value);
        return applied.Refusal is { } refusal
            ? RefusalProblem.ToResult(refusal)
            : BillingJson.Answer(new { Status = "updated" });
    }

    private static object Shown(Quote quote) =>
        new
        {
            quote.AmountDue,
            quote.Currency,
            ProrationDate = quote.ProrationDate.ToUnixTimeSeconds(),
            quote.Lines,
            quote.DueNow,
            quote.NextInvoiceTotal,
        };

    // A date that no clock shows names no quote, like any other that was never given.
    private static Outcome<DateTimeOffset> ReadDate(JsonElement given) =>
        given.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => new ProrationDateRequired(),
            JsonValueKind.Number when given.TryGetInt64(out var seconds) => IsOnTheClock(seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : new QuoteExpired(),
            _ => new InvalidRequest("proration_date is the whole number that the preview answered."),
        };

    private static bool IsOnTheClock(long seconds) =>
        seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
}
