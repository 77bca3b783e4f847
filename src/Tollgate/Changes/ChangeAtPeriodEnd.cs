using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Alerts;
using Tollgate.Catalog;
using Tollgate.Deadlines;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>
/// Another plan or interval from the end of the period on, by a schedule at Stripe: nothing is prorated, and until then
/// it can be taken back. This is the way from monthly to yearly and back.
/// </summary>
internal sealed class ChangeAtPeriodEnd(
    IDbContextFactory<TollgateDb> contexts,
    AccountLeases leases,
    FindChangeTarget find,
    StripeClient stripe,
    LastingRefusals refusals,
    PlanCatalog catalog,
    PriceBook prices,
    HostDirectory directory,
    TollgateOptions options,
    BillingSwitch billing,
    BillingClock clock
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly AskStripe ask = new(stripe, catalog, clock);
    private readonly ArrangeSchedule arrange = new(stripe, prices, clock);

    /// <summary>What it would cost, by Stripe's preview, kept as a quote; nothing is arranged.</summary>
    /// <param name="priceName">Alias, alias with the prefix <c>price_</c>, or Stripe's id of a price that is
    /// sold.</param>
    public Task<Outcome<Quote>> PreviewAsync(
        AccountId account,
        string priceName,
        CancellationToken cancellationToken
    ) =>
        refusals.WatchAsync(
            "preview of a change at the period's end",
            QuoteAsync(account, priceName, cancellationToken)
        );

    private async Task<Outcome<Quote>> QuoteAsync(
        AccountId account,
        string priceName,
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

        var judged = await JudgeAsync(account, priceName, found.Value!, cancellationToken);
        if (judged.Refusal is { } refusal)
        {
            return refusal;
        }

        prices.TryFindForSale(judged.Value!.Price, out var price);
        var quoted = await ask.AtPeriodEndAsync(account, price!, found.Value!, cancellationToken);
        return quoted.Refusal is { } no ? no : await Quotes.KeepAsync(contexts, quoted.Value!, cancellationToken);
    }

    /// <summary>Arranges it. The same wish twice is arranged once.</summary>
    public Task<Outcome<ScheduledChange>> ArrangeAsync(
        AccountId account,
        string priceName,
        CancellationToken cancellationToken
    ) =>
        WithLeaseAsync(
            "change at the period's end",
            account,
            async (db, lease) =>
            {
                var known = await FindAsync(db, account, cancellationToken);
                var found = await find.ReadAsync(account, cancellationToken);
                if (found.Refusal is { } refused)
                {
                    return refused;
                }

                var subject = found.Value!;
                var judged = await JudgeAsync(account, priceName, subject, cancellationToken);
                if (judged.Refusal is { } refusal)
                {
                    return refusal;
                }

                var wish = judged.Value!;
                var isKnown = known is not null && wish == known with { ScheduleId = null, CreatedAt = wish.CreatedAt };
                if (subject.IsSteered && !(isKnown && known!.ScheduleId is null))
                {
                    return isKnown && known!.ScheduleId == subject.Subscription.ScheduleId
                        ? known
                        : new ChangeScheduled(options.SettingsUrl);
                }

                if (await find.FreeAsync(subject, cancellationToken) is { } notFree)
                {
                    return notFree;
                }

                var intent = isKnown && known!.ScheduleId is null && IsFresh(known) ? known : wish;
                return await db.TrySaveAsync(lease, intent, isNew: known is null, CancellationToken.None)
                    ? await ArrangeAtStripeAsync(db, lease, intent, subject, cancellationToken)
                    : new BillingBusy();
            },
            cancellationToken
        );

    /// <summary>Takes it back: the subscription goes on as it is.</summary>
    public Task<Outcome<ScheduledChange>> TakeBackAsync(AccountId account, CancellationToken cancellationToken) =>
        WithLeaseAsync(
            "withdrawal of a change at the period's end",
            account,
            async (db, _) =>
            {
                if (await FindAsync(db, account, cancellationToken) is not { ScheduleId: { } id } known)
                {
                    return new NothingScheduled();
                }

                var released = await stripe
                    .With(StripePatience.Interactive)
                    .ReleaseSchedule(id, known.Key("release"), cancellationToken);
                if (released.Refusal is { } refusal and not StripeRefusal.InvalidRequest) // ended or released already
                {
                    return new StripeSaidNo(refusal);
                }

                await db.Set<ScheduledChange>()
                    .Where(row => row.AccountId == account)
                    .ExecuteDeleteAsync(CancellationToken.None);
                await RequestSyncAsync(db, account);
                return known;
            },
            cancellationToken
        );

    /// <summary>What is, or was last, arranged.</summary>
    internal async Task<ScheduledChange?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, account, cancellationToken);
    }

    private async Task<Outcome<ScheduledChange>> JudgeAsync(
        AccountId account,
        string priceName,
        ChangeTarget subject,
        CancellationToken cancellationToken
    )
    {
        var offered = prices.FindOffered(catalog, priceName);
        if (offered.Refusal is { } refusal)
        {
            return refusal;
        }

        var price = offered.Value!;
        if (price.Price.Alias == subject.Price.Price.Alias)
        {
            return new NothingToChange();
        }

        if (subject.Pending is { } waiting)
        {
            return ChangePending.Of(waiting);
        }

        if (QuoteChange.CurrencyMissing(price, subject) is { } missing)
        {
            return new CurrencyNotOffered(catalog, missing);
        }

        if (price.Price.Interval != subject.Price.Price.Interval && HasAddOns(subject))
        {
            return new AddOnsInTheWay();
        }

        if (subject.Subscription is { CancelAtPeriodEnd: true } or { CancelAt: not null })
        {
            return new ChangeScheduled(options.SettingsUrl);
        }

        return await directory.FindMisfitAsync(account, price.Plan, cancellationToken) is { } misfit
            ? misfit
            : new ScheduledChange
            {
                AccountId = account,
                SubscriptionId = subject.Subscription.Id,
                Price = price.Price.Alias,
                Seats = subject.Seats,
                EffectiveAt = subject.Item.CurrentPeriodEnd,
                CreatedAt = clock.Now,
            };
    }

    private async Task<Outcome<ScheduledChange>> ArrangeAtStripeAsync(
        TollgateDb db,
        AccountLease lease,
        ScheduledChange intent,
        ChangeTarget subject,
        CancellationToken cancellationToken
    )
    {
        var made = await arrange.RunAsync(db, intent, subject, cancellationToken);
        if (made.Refusal is { } refusal)
        {
            return refusal;
        }

        var done = intent with { ScheduleId = made.Value };
        if (!await db.TrySaveAsync(lease, done, isNew: false, CancellationToken.None))
        {
            return new BillingBusy();
        }

        await arrange.CompareAsync(db, done);
        await RequestSyncAsync(db, lease.Account);
        return done;
    }

    private async Task<Outcome<ScheduledChange>> WithLeaseAsync(
        string doing,
        AccountId account,
        Func<TollgateDb, AccountLease, Task<Outcome<ScheduledChange>>> changeAsync,
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
            return await refusals.WatchAsync(doing, changeAsync(db, lease));
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private static bool HasAddOns(ChangeTarget subject) => subject.Subscription.Items.Any(item => item != subject.Item);

    private bool IsFresh(ScheduledChange intent) => clock.Now - intent.CreatedAt < IdempotencyKey.Lifetime;

    private static Task<ScheduledChange?> FindAsync(
        TollgateDb db,
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        db.Set<ScheduledChange>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account, cancellationToken);

    private async Task RequestSyncAsync(TollgateDb db, AccountId account)
    {
        await db.Database.OpenConnectionAsync(CancellationToken.None);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await AccountLeases.RequestSyncAsync(connection, transaction: null, account, clock.Now, CancellationToken.None);
    }
}
