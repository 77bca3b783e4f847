using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Http;

namespace Tollgate.Changes;

/// <summary>HTTP's side of changing a subscription: a preview first, then the same call with its date.</summary>
internal static class ChangeEndpoints
{
    internal sealed record SeatsRequest(
        [property: WholeNumber] JsonElement SeatCount,
        bool Preview,
        [property: WholeNumber] JsonElement? ProrationDate = null
    );

    internal sealed record UpgradeRequest(
        string PriceId,
        bool Preview,
        [property: WholeNumber] JsonElement? ProrationDate = null,
        Effective Effective = Effective.Now
    );

    internal enum Effective
    {
        Now,
        PeriodEnd,
    }

    public static Task<IResult> SeatsAsync(
        HttpContext http,
        ChangeSeats change,
        HostDirectory directory,
        PlanCatalog catalog
    ) =>
        BillingCall.OfAdminAsync<SeatsRequest>(
            http,
            directory,
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

    public static Task<IResult> UpgradeAsync(HttpContext http, ChangePlan change, HostDirectory directory) =>
        BillingCall.OfAdminAsync<UpgradeRequest>(
            http,
            directory,
            (account, asked) =>
                asked.Effective == Effective.PeriodEnd
                    ? AnswerLaterAsync(change, account, asked, http.RequestAborted)
                    : AnswerAsync(
                        asked.Preview,
                        asked.ProrationDate,
                        () => change.PreviewAsync(account, asked.PriceId, http.RequestAborted),
                        date => change.ApplyAsync(account, asked.PriceId, date, http.RequestAborted)
                    )
        );

    /// <summary>What waits for its payment, or else what is arranged for the end of the period.</summary>
    public static async Task<IResult> TakeBackAsync(HttpContext http, ChangePlan change, HostDirectory directory)
    {
        var admin = await BillingCall.FindAdminAsync(http, directory);
        if (admin.Refusal is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        return await change.TakeBackAsync(admin.Value, http.RequestAborted) is { } no
            ? RefusalProblem.ToResult(no)
            : BillingJson.Answer(new DoneAnswer("updated"));
    }

    private static async Task<IResult> AnswerLaterAsync(
        ChangePlan change,
        AccountId account,
        UpgradeRequest asked,
        CancellationToken cancellationToken
    )
    {
        if (asked.Preview)
        {
            var quoted = await change.PreviewAtPeriodEndAsync(account, asked.PriceId, cancellationToken);
            return quoted.Refusal is { } no
                ? RefusalProblem.ToResult(no)
                : BillingJson.Answer(ShownLater(quoted.Value!));
        }

        var arranged = await change.ArrangeAtPeriodEndAsync(account, asked.PriceId, cancellationToken);
        return arranged.Refusal is { } refusal
            ? RefusalProblem.ToResult(refusal)
            : BillingJson.Answer(new ScheduledAnswer("scheduled", arranged.Value));
    }

    private static async Task<IResult> AnswerAsync(
        bool isPreview,
        JsonElement? prorationDate,
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
        return applied switch
        {
            { Refusal: { } refusal } => RefusalProblem.ToResult(refusal),
            { Value: { State: QuoteState.AwaitingPayment } waiting } => BillingJson.Answer(
                new WaitingAnswer("requires_action", waiting.PaymentUrl, waiting.PaymentExpiresAt)
            ),
            _ => BillingJson.Answer(new DoneAnswer("updated")),
        };
    }

    private static ChangePreview Shown(Quote quote) =>
        new(
            quote.AmountDue,
            quote.Currency,
            quote.ProrationDate.ToUnixTimeSeconds(),
            quote.Lines,
            quote.DueNow,
            quote.NextInvoiceTotal
        );

    private static LaterPreview ShownLater(Quote quote) =>
        new(quote.AmountDue, quote.Currency, quote.Lines, quote.DueNow, quote.NextInvoiceTotal, quote.PeriodEnd);

    // A date that no clock shows names no quote, like any other that was never given.
    private static Outcome<DateTimeOffset> ReadDate(JsonElement? given) =>
        given switch
        {
            null => new ProrationDateRequired(),
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var seconds) => IsOnTheClock(seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : new QuoteExpired(),
            _ => new InvalidRequest("proration_date is the whole number that the preview answered."),
        };

    private static bool IsOnTheClock(long seconds) =>
        seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
}
