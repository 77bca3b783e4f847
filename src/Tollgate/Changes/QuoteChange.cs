using Microsoft.EntityFrameworkCore;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>Asks Stripe what a change would cost, and keeps the answer. Nothing is changed at Stripe.</summary>
internal sealed class QuoteChange(
    IDbContextFactory<TollgateDb> contexts,
    FindChangeTarget find,
    StripeClient stripe,
    PlanCatalog catalog,
    HostDirectory directory,
    BillingSwitch billing,
    BillingClock clock
)
{
    private readonly AskStripe ask = new(stripe, catalog, clock);

    internal async Task<Outcome<Quote>> RunAsync(
        AccountId account,
        ChangeRequest request,
        CancellationToken cancellationToken
    )
    {
        if (billing.RefusalOfActions is { } off)
        {
            return off;
        }

        var found = await find.RunAsync(account, cancellationToken);
        if (found.Refusal is { } refused)
        {
            return refused;
        }

        var subject = found.Value!;
        if (await FindReasonAgainstAsync(account, request, subject, cancellationToken) is { } reason)
        {
            return reason;
        }

        var quoted = await ask.NowAsync(account, request, subject, cancellationToken);
        return quoted.Refusal is { } refusal
            ? refusal
            : await Quotes.KeepAsync(contexts, quoted.Value!, cancellationToken);
    }

    /// <summary>Why the product does not allow it, whatever Stripe would say.</summary>
    internal async Task<Refusal?> FindReasonAgainstAsync(
        AccountId account,
        ChangeRequest request,
        ChangeTarget subject,
        CancellationToken cancellationToken
    )
    {
        if (subject.Pending is { } waiting)
        {
            return ChangePending.Of(waiting);
        }

        var (price, seats) = (request.PriceOn(subject), request.SeatsOn(subject));
        if (price.Price.Interval != subject.Price.Price.Interval)
        {
            return new IntervalSwitch(subject.Item.CurrentPeriodEnd);
        }

        if (request.Kind == ChangeKind.Plan && CurrencyMissing(price, subject) is { } missing)
        {
            return new CurrencyNotOffered(catalog, missing);
        }

        if (request.PriceIdOn(subject) == subject.Item.PriceId && seats == subject.Seats)
        {
            return new NothingToChange();
        }

        var (least, most) = catalog.Seats;
        if (seats < least || seats > most)
        {
            return new SeatCountOutOfRange(least, most);
        }

        if (
            request.Kind == ChangeKind.Plan
            && await directory.FindMisfitAsync(account, price.Plan, cancellationToken) is { } misfit
        )
        {
            return misfit;
        }

        // a plan may be changed with too few seats: that is as it was, and the settings page says so
        var active = await directory.CountSeatsInUseAsync(account, cancellationToken);
        return request.Kind == ChangeKind.Seats && seats < active && seats < subject.Seats
            ? new SeatsBelowActive(active, catalog.SeatHolder)
            : null;
    }

    /// <summary>What the subscription is billed in, where the price is not sold in it; null where it is.</summary>
    internal static string? CurrencyMissing(CatalogPrice price, ChangeTarget subject) =>
        subject.Subscription.Currency is { } currency && price.Price.In(currency) is null ? currency : null;
}
