using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Deadlines;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>
/// Makes a quoted change, once, and exactly as quoted. The intent is committed before Stripe is called, and whatever
/// crashes or times out is taken up again by the same call: Stripe is asked first whether it has happened.
/// </summary>
internal sealed class ApplyChange(
    IDbContextFactory<TollgateDb> contexts,
    AccountLeases leases,
    FindChangeTarget find,
    QuoteChange quotes,
    StripeClient stripe,
    TollgateOptions options,
    BillingSwitch billing,
    BillingClock clock
)
{
    /// <summary>How long a click waits for another of the same account.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    internal async Task<Outcome<Quote>> RunAsync(
        AccountId account,
        ChangeRequest request,
        DateTimeOffset prorationDate,
        CancellationToken cancellationToken
    )
    {
        if (billing.RefusalOfActions is { } off)
        {
            return off;
        }

        if (await leases.TakeAsync(account, Patience, cancellationToken) is not { } lease)
        {
            return new BillingBusy();
        }

        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var accepted = await db.Set<Quote>()
                .AsNoTracking()
                .Where(row =>
                    row.AccountId == account && row.Kind == request.Kind && row.ProrationDate == prorationDate
                )
                .ToListAsync(cancellationToken);
            return accepted.FirstOrDefault(request.IsQuotedBy) switch
            {
                null => new QuoteExpired(),
                { State: QuoteState.Applied } done => done,
                { } quote => await ApplyAsync(db, lease, request, quote, cancellationToken),
            };
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private async Task<Outcome<Quote>> ApplyAsync(
        TollgateDb db,
        AccountLease lease,
        ChangeRequest request,
        Quote quote,
        CancellationToken cancellationToken
    )
    {
        var found = await find.RunAsync(lease.Account, cancellationToken);
        if (found.Refusal is { } refused)
        {
            return refused;
        }

        var subject = found.Value!;
        var wasTried = quote.State is QuoteState.Applying or QuoteState.AwaitingPayment || quote.Attempt > 0;
        if (wasTried && subject.Item.PriceId == quote.PriceId && subject.Seats == quote.Seats)
        {
            return await FinishAsync(db, quote, subject.Subscription);
        }

        if (wasTried && subject.Awaits(quote))
        {
            return await AwaitPaymentAsync(db, quote, subject.Subscription);
        }

        var reason =
            FindFault(quote, subject)
            ?? await quotes.FindReasonAgainstAsync(lease.Account, request, subject, cancellationToken)
            ?? await FindLimitAsync(db, quote, cancellationToken)
            ?? await find.FreeAsync(subject, cancellationToken);
        if (reason is not null)
        {
            return reason;
        }

        var intent = quote with { State = QuoteState.Applying };
        if (!await db.TrySaveAsync(lease, intent, isNew: false, cancellationToken))
        {
            return new BillingBusy();
        }

        var changed = await ChangeAsync(quote, cancellationToken);
        return changed.Refusal is { } refusal ? await GiveUpAsync(db, lease, intent, refusal)
            : changed.Value.PendingUpdate is not null ? await AwaitPaymentAsync(db, intent, changed.Value)
            : await FinishAsync(db, intent, changed.Value);
    }

    // A declined card is reported and changes nothing; only where the bank requires 3D Secure does a change wait.
    private async Task<StripeAnswer<StripeSubscription>> ChangeAsync(Quote quote, CancellationToken cancellationToken)
    {
        var interactive = stripe.With(StripePatience.Interactive).For(quote.AccountId);
        var changed = await interactive.ChangeSubscriptionItem(
            quote.SubscriptionId,
            quote.Change,
            quote.Key,
            cancellationToken
        );
        return quote.IsInvoicedAtOnce && changed.Refusal is StripeRefusal.CardDeclined { NeedsAuthentication: true }
            ? await interactive.ChangeSubscriptionItemWhenPaid(
                quote.SubscriptionId,
                quote.Change,
                quote.KeyWhenPaid,
                cancellationToken
            )
            : changed;
    }

    private Refusal? FindFault(Quote quote, ChangeTarget subject)
    {
        var isOver =
            clock.Now - quote.CreatedAt >= Quote.Lifetime
            || quote.ProrationDate < subject.Item.CurrentPeriodStart
            || quote.ProrationDate >= subject.Item.CurrentPeriodEnd;
        return isOver ? new QuoteExpired()
            : subject.Subscription.Id != quote.SubscriptionId || subject.Basis != quote.Basis ? new QuoteStale()
            : null;
    }

    // Stripe's limits of one subscription, known here so that the answer is clear and nothing is done by halves.
    private async Task<Refusal?> FindLimitAsync(TollgateDb db, Quote quote, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var day = now - TimeSpan.FromDays(1);
        var tried = await db.Set<Quote>()
            .Where(row => row.AccountId == quote.AccountId && row.SubscriptionId == quote.SubscriptionId)
            .Where(row => row.AppliedAt > day)
            .Select(row => new { At = row.AppliedAt!.Value, row.IsInvoicedAtOnce })
            .ToListAsync(cancellationToken);
        int Count(TimeSpan within, bool invoicedOnly) =>
            tried.Count(one => one.At > now - within && (one.IsInvoicedAtOnce || !invoicedOnly));

        if (Count(TimeSpan.FromHours(1), invoicedOnly: false) >= StripeLimits.ChangesInAnHour)
        {
            return new TooManyChanges(TimeSpan.FromHours(1));
        }

        if (!quote.IsInvoicedAtOnce)
        {
            return null;
        }

        return Count(TimeSpan.FromDays(1), invoicedOnly: true) >= StripeLimits.InvoicesInADay
                ? new TooManyChanges(TimeSpan.FromDays(1))
            : Count(TimeSpan.FromMinutes(1), invoicedOnly: true) >= StripeLimits.InvoicesInAMinute
                ? new TooManyChanges(TimeSpan.FromMinutes(1))
            : null;
    }

    private async Task<Refusal> GiveUpAsync(TollgateDb db, AccountLease lease, Quote intent, StripeRefusal refusal)
    {
        if (refusal.IsTransient)
        {
            return new StripeSaidNo(refusal); // whether it happened is unknown: the same call asks, under the same key
        }

        var again = intent with { State = QuoteState.Open, Attempt = intent.Attempt + 1 };
        await db.TrySaveAsync(lease, again, isNew: false, CancellationToken.None);
        return refusal is StripeRefusal.CardDeclined declined
            ? new PaymentDeclined(declined, options.SettingsUrl)
            : new StripeSaidNo(refusal);
    }

    private Task<Quote> AwaitPaymentAsync(TollgateDb db, Quote quote, StripeSubscription unchanged) =>
        RememberAsync(
            db,
            quote with
            {
                State = QuoteState.AwaitingPayment,
                AppliedAt = quote.AppliedAt ?? clock.Now,
                InvoiceId = unchanged.LatestInvoiceId,
                AppliedAmount = unchanged.LatestInvoice?.AmountDue,
                PaymentUrl = unchanged.LatestInvoice?.HostedInvoiceUrl,
                PaymentExpiresAt = unchanged.PendingUpdate?.ExpiresAt,
            }
        );

    private async Task<Quote> FinishAsync(TollgateDb db, Quote quote, StripeSubscription changed)
    {
        var invoice = quote.IsInvoicedAtOnce ? changed.LatestInvoice : await FindNextInvoiceAsync(changed);
        return await RememberAsync(
            db,
            quote with
            {
                State = QuoteState.Applied,
                AppliedAt = quote.AppliedAt ?? clock.Now,
                InvoiceId = quote.IsInvoicedAtOnce ? invoice?.Id : null,
                AppliedAmount = invoice?.AmountDue,
            }
        );
    }

    // Stripe has done it: it is remembered whoever holds the lease now, and whether or not the caller still waits
    private async Task<Quote> RememberAsync(TollgateDb db, Quote done)
    {
        await using var begun = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var transaction = (NpgsqlTransaction)begun.GetDbTransaction();
        db.ChangeTracker.Clear();
        db.Update(done);
        await db.SaveChangesAsync(CancellationToken.None);
        await AccountLeases.RequestSyncAsync(
            connection,
            transaction,
            done.AccountId,
            clock.Now,
            CancellationToken.None
        );
        await begun.CommitAsync(CancellationToken.None);
        return done;
    }

    private async Task<StripeInvoice?> FindNextInvoiceAsync(StripeSubscription changed)
    {
        var interactive = stripe.With(StripePatience.Interactive);
        var next = await interactive.PreviewInvoice(changed.Id, change: null, CancellationToken.None);
        return next.IsRefused ? null : next.Value;
    }
}

/// <summary>How often Stripe lets one subscription be changed: https://docs.stripe.com/rate-limits</summary>
internal static class StripeLimits
{
    public const int InvoicesInAMinute = 10;
    public const int InvoicesInADay = 20;
    public const int ChangesInAnHour = 200;
}
