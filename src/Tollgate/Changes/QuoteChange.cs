using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>Asks Stripe what a change would cost, and keeps the answer. Nothing is changed at Stripe.</summary>
public sealed class QuoteChange(
    IDbContextFactory<TollgateDb> contexts,
    FindChangeable find,
    StripeClient stripe,
    PlanCatalog catalog,
    HostDirectory directory,
    BillingSwitch billing,
    BillingClock clock
)
{
    internal async Task<Outcome<Quote>> RunAsync(AccountId account, Wanted wanted, CancellationToken cancellationToken)
    {
        if (!billing.IsOn)
        {
            return new BillingDisabled();
        }

        var found = await find.RunAsync(account, cancellationToken);
        if (found.Refusal is { } notChangeable)
        {
            return notChangeable;
        }

        var subject = found.Value!;
        if (await FindReasonAgainstAsync(account, wanted, subject, cancellationToken) is { } reason)
        {
            return reason;
        }

        var quoted = await AskAsync(account, wanted, subject, cancellationToken);
        return quoted.Refusal is { } refusal
            ? new StripeSaidNo(refusal)
            : await SaveAsync(quoted.Value!, cancellationToken);
    }

    /// <summary>Why the product does not allow it, whatever Stripe would say.</summary>
    internal async Task<Refusal?> FindReasonAgainstAsync(
        AccountId account,
        Wanted wanted,
        Changeable subject,
        CancellationToken cancellationToken
    )
    {
        var (price, seats) = (wanted.PriceOn(subject), wanted.SeatsOn(subject));
        if (price.Price.Interval != subject.Price.Price.Interval)
        {
            return new IntervalSwitch(subject.Item.CurrentPeriodEnd);
        }

        if (wanted.Kind == ChangeKind.Plan && CurrencyMissing(price, subject) is { } missing)
        {
            return new CurrencyNotOffered(catalog, missing);
        }

        if (wanted.PriceIdOn(subject) == subject.Item.PriceId && seats == subject.Seats)
        {
            return new NothingToChange();
        }

        var (least, most) = catalog.Seats;
        if (seats < least || seats > most)
        {
            return new SeatCountOutOfRange(least, most);
        }

        if (
            wanted.Kind == ChangeKind.Plan
            && await directory.FindMisfitAsync(account, price.Plan, cancellationToken) is { } misfit
        )
        {
            return misfit;
        }

        // a plan may be changed with too few seats: that is as it was, and the settings page says so
        var active = await directory.CountSeatsInUseAsync(account, cancellationToken);
        return wanted.Kind == ChangeKind.Seats && seats < active && seats < subject.Seats
            ? new SeatsBelowActive(active)
            : null;
    }

    /// <summary>What the subscription is billed in, where the price is not sold in it; null where it is.</summary>
    internal static string? CurrencyMissing(CatalogPrice price, Changeable subject) =>
        subject.Subscription.Currency is { } currency && price.Price.In(currency) is null ? currency : null;

    private async Task<StripeAnswer<Quote>> AskAsync(
        AccountId account,
        Wanted wanted,
        Changeable subject,
        CancellationToken cancellationToken
    )
    {
        var price = wanted.PriceOn(subject);
        var isInvoicedAtOnce = price.Price.Interval == BillingInterval.Year;
        var now = clock.Now;
        var date = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var change = new SubscriptionItemChange(
            subject.Item.Id,
            wanted.PriceIdOn(subject),
            wanted.SeatsOn(subject),
            isInvoicedAtOnce ? "always_invoice" : "create_prorations",
            date
        );
        var interactive = stripe.With(StripePatience.Interactive);
        var preview = await interactive.PreviewInvoice(subject.Subscription.Id, change, cancellationToken);
        if (preview.Refusal is { } refusal)
        {
            return refusal;
        }

        var next = preview;
        if (isInvoicedAtOnce)
        {
            var renewal = change with { ProrationBehavior = "none", ProrationDate = null };
            next = await interactive.PreviewInvoice(subject.Subscription.Id, renewal, cancellationToken);
            if (next.Refusal is { } later)
            {
                return later;
            }
        }

        return new Quote
        {
            AccountId = account,
            Kind = wanted.Kind,
            ProrationDate = date,
            Price = price.Price.Alias,
            Seats = change.Quantity,
            SubscriptionId = subject.Subscription.Id,
            Basis = subject.Basis,
            ItemId = change.ItemId,
            PriceId = change.PriceId,
            IsInvoicedAtOnce = isInvoicedAtOnce,
            PeriodEnd = subject.Item.CurrentPeriodEnd,
            Currency = preview.Value.Currency,
            AmountDue = preview.Value.AmountDue,
            DueNow = isInvoicedAtOnce ? preview.Value.AmountDue : 0,
            NextInvoiceTotal = next.Value.Total,
            Lines = [.. preview.Value.Lines.Data.Select(line => new QuotedLine(line.Description ?? "", line.Amount))],
            CreatedAt = now,
        };
    }

    private async Task<Quote> SaveAsync(Quote quote, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindSameAsync(db, quote, cancellationToken) is { } known)
        {
            return known;
        }

        db.Add(quote);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return quote;
        }
        catch (DbUpdateException failure)
            when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // asked twice at once: the other was faster
            return await FindSameAsync(db, quote, cancellationToken)
                ?? throw new InvalidOperationException("A quote is known by its key and cannot be found.", failure);
        }
    }

    // The same preview twice within a second is the same quote.
    private static Task<Quote?> FindSameAsync(TollgateDb db, Quote quote, CancellationToken cancellationToken) =>
        db.Set<Quote>()
            .AsNoTracking()
            .SingleOrDefaultAsync(
                row =>
                    row.AccountId == quote.AccountId
                    && row.Kind == quote.Kind
                    && row.ProrationDate == quote.ProrationDate
                    && row.Price == quote.Price
                    && row.Seats == quote.Seats,
                cancellationToken
            );
}
