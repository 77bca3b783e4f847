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
        IAccountDirectory tenants,
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

    public static Task<IResult> UpgradeAsync(
        HttpContext http,
        ChangePlan change,
        ChangeAtPeriodEnd later,
        IAccountDirectory tenants,
        PriceBook prices
    ) =>
        BillingCall.OfAdminAsync<UpgradeRequest>(
            http,
            tenants,
            (account, asked) =>
                asked.Effective == Effective.PeriodEnd
                    ? AnswerLaterAsync(later, account, asked, prices, http.RequestAborted)
                    : AnswerAsync(
                        asked.Preview,
                        asked.ProrationDate,
                        () => change.PreviewAsync(account, asked.PriceId, http.RequestAborted),
                        date => change.ApplyAsync(account, asked.PriceId, date, http.RequestAborted)
                    )
        );

    public static async Task<IResult> TakeBackAsync(HttpContext http, ChangeAtPeriodEnd later, IAccountDirectory tenants)
    {
        var admin = await BillingCall.FindAdminAsync(http, tenants);
        var done = admin.Refusal is { } refusal ? refusal : await later.TakeBackAsync(admin.Value, http.RequestAborted);
        return done.Refusal is { } no ? RefusalProblem.ToResult(no) : BillingJson.Answer(new DoneAnswer("updated"));
    }

    private static async Task<IResult> AnswerLaterAsync(
        ChangeAtPeriodEnd later,
        AccountId account,
        UpgradeRequest asked,
        PriceBook prices,
        CancellationToken cancellationToken
    )
    {
        var change = asked.Preview
            ? await later.PreviewAsync(account, asked.PriceId, cancellationToken)
            : await later.ArrangeAsync(account, asked.PriceId, cancellationToken);
        if (change.Refusal is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        var planned = change.Value!;
        prices.TryFindForSale(planned.Price, out var price);
        var unit = price!.Price.UnitAmount;
        return asked.Preview
            ? BillingJson.Answer(
                new LaterPreview(
                    AmountDue: 0,
                    unit.Currency,
                    DueNow: 0,
                    checked(unit.AmountMinor * planned.Seats),
                    planned.EffectiveAt
                )
            )
            : BillingJson.Answer(new ScheduledAnswer("scheduled", planned.EffectiveAt));
    }

    public static async Task<IResult> PortalAsync(HttpContext http, OpenPortal portal, IAccountDirectory tenants)
    {
        var admin = await BillingCall.FindAdminAsync(http, tenants);
        var opened = admin.Refusal is { } refusal ? refusal : await portal.RunAsync(admin.Value, http.RequestAborted);
        return opened.Refusal is { } no
            ? RefusalProblem.ToResult(no)
            : BillingJson.Answer(new PortalAnswer(opened.Value!.AbsoluteUri));
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
        return applied.Refusal is { } refusal
            ? RefusalProblem.ToResult(refusal)
            : BillingJson.Answer(new DoneAnswer("updated"));
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
