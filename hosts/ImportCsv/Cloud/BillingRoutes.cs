using ImportCsv.Imports;
using ImportCsv.PlanLimits;
using ImportCsv.Storage;
using ImportCsv.Users;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Changes;
using Tollgate.Checkout;
using Tollgate.Http;

namespace ImportCsv.Cloud;

/// <summary>Billing under <c>/api/v1/billing</c>, in ImportCSV's own words, by Tollgate's use cases.</summary>
internal static class BillingRoutes
{
    internal sealed record CheckoutRequest(string Tier);

    internal sealed record PageAnswer(string Url);

    internal sealed record Progress(CheckoutProgress Status);

    internal sealed record PlanList(IEnumerable<PlanShown> Plans);

    internal sealed record PlanShown(
        string Id,
        string Name,
        IReadOnlyList<string> Highlights,
        long AmountPerMonth,
        string Currency
    );

    public static void MapBilling(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/billing").ForUsers();
        group.MapGet("/subscription", SubscriptionAsync).DescribedBy(CloudDescriptions.Subscription);
        group.MapGet("/plans", Plans).DescribedBy(CloudDescriptions.Plans);
        group.MapGet("/success", SuccessAsync).DescribedBy(CloudDescriptions.Success);
        var limited = group.MapGroup("").AddEndpointFilter<RetryAfterHeader>().AddEndpointFilter(LimitAsync);
        limited.MapPost("/checkout", CheckoutAsync).DescribedBy(CloudDescriptions.Checkout);
        limited.MapPost("/portal", PortalAsync).DescribedBy(CloudDescriptions.Portal);
    }

    private static async Task<IResult> SubscriptionAsync(
        HttpContext http,
        AccessGate gate,
        IPlanLimits limits,
        ImportCsvDb db,
        PlanCatalog catalog,
        BillingClock clock
    )
    {
        var user = http.UserId();
        var now = clock.Now;
        var (state, decision) = await gate.DecideAsync(new AccountId(user), http.RequestAborted);
        var terms = await limits.ReadAsync(user, http.RequestAborted);
        var first = new DateOnly(now.UtcDateTime.Year, now.UtcDateTime.Month, 1);
        var month = await db.Set<UsageRecord>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.UserId == user && row.Month == first, http.RequestAborted);
        return BillingJson.Answer(SubscriptionAnswer.Of(state, decision, terms, month, catalog, now));
    }

    private static IResult Plans(PlanCatalog catalog) =>
        BillingJson.Answer(
            new PlanList(
                catalog.Plans.Select(plan => new PlanShown(
                    plan.Id,
                    plan.Name,
                    plan.Highlights,
                    plan.Prices.Select(price => price.UnitAmount.AmountMinor).SingleOrDefault(),
                    catalog.Currencies[0]
                ))
            )
        );

    // who has a subscription changes it on Stripe's portal instead of paying twice
    private static async Task<IResult> CheckoutAsync(
        HttpContext http,
        StartCheckout checkout,
        ConfirmPlan change,
        PlanCatalog catalog
    )
    {
        var request = await BillingJson.ReadAsync<CheckoutRequest>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (catalog.Plans.FirstOrDefault(plan => plan.Id == asked.Tier) is not { Prices: [var price] })
        {
            return RefusalProblem.ToResult(new UnknownTier());
        }

        var user = new AccountId(http.UserId());
        var opened = await checkout.RunAsync(user, price.Alias, 1, currency: null, http.RequestAborted);
        return Page(
            opened.Refusal?.Code == ProblemCodes.AlreadySubscribed
                ? await change.RunAsync(user, price.Alias, http.RequestAborted)
                : opened
        );
    }

    private static async Task<IResult> SuccessAsync(HttpContext http, CompleteCheckout complete)
    {
        var session = http.Request.Query["session_id"] is [{ } given] ? given : "";
        var outcome = await complete.RunAsync(new AccountId(http.UserId()), session, http.RequestAborted);
        return outcome.Refusal is { } refusal
            ? RefusalProblem.ToResult(refusal)
            : BillingJson.Answer(new Progress(outcome.Value));
    }

    private static async Task<IResult> PortalAsync(HttpContext http, OpenPortal portal) =>
        Page(await portal.RunAsync(new AccountId(http.UserId()), http.RequestAborted));

    // each of them calls Stripe, whose rate limit all accounts share
    private static async ValueTask<object?> LimitAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        var http = context.HttpContext;
        var perMinute = http.RequestServices.GetRequiredService<TollgateOptions>().BillingCallsPerMinute;
        var limited = await http
            .RequestServices.GetRequiredService<CallRates>()
            .TakeAsync(
                $"billing:{http.UserId()}",
                new CallRate(perMinute, TimeSpan.FromMinutes(1)),
                http.RequestAborted
            );
        return limited is null ? await next(context) : RefusalProblem.ToResult(limited);
    }

    private static IResult Page(Outcome<Uri> outcome) =>
        outcome.Refusal is { } refusal
            ? RefusalProblem.ToResult(refusal)
            : BillingJson.Answer(new PageAnswer(outcome.Value!.AbsoluteUri));
}

/// <summary>A tier that is not sold.</summary>
internal sealed record UnknownTier()
    : Refusal("unknown_tier", 400, "There is no such tier.", "Choose pro or business.");
