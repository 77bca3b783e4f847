using Microsoft.EntityFrameworkCore;
using Tollgate.Accounts;
using Tollgate.Alerts;
using Tollgate.Catalog;
using Tollgate.Deadlines;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Checkout;

/// <summary>
/// Sends a customer to Stripe's page to buy a plan. One Customer and one open session per account, whatever is clicked
/// twice, in two tabs or on two nodes; it never provisions.
/// </summary>
public sealed class StartCheckout
{
    /// <summary>How long a click waits for another of the same account.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>A session this close to its end is not shown to anybody any more.</summary>
    private static readonly TimeSpan TimeLeftMin = TimeSpan.FromMinutes(5);

    private readonly SecondSubscription second;
    private readonly IDbContextFactory<TollgateDb> contexts;
    private readonly AccountLeases leases;
    private readonly AccountCustomer customers;
    private readonly DeletedCustomer deleted;
    private readonly CheckoutSessions sessions;
    private readonly TrialOffer trials;
    private readonly CheckoutCurrency currencies;
    private readonly LastingRefusals refusals;
    private readonly PlanCatalog catalog;
    private readonly PriceBook prices;
    private readonly HostDirectory directory;
    private readonly BillingSwitch billing;
    private readonly BillingClock clock;

    internal StartCheckout(
        IDbContextFactory<TollgateDb> contexts,
        AccountLeases leases,
        AccountCustomer customers,
        DeletedCustomer deleted,
        CheckoutSessions sessions,
        StripeClient stripe,
        TrialOffer trials,
        CheckoutCurrency currencies,
        LastingRefusals refusals,
        PlanCatalog catalog,
        PriceBook prices,
        HostDirectory directory,
        TollgateOptions options,
        BillingSwitch billing,
        BillingClock clock
    )
    {
        this.contexts = contexts;
        this.leases = leases;
        this.customers = customers;
        this.deleted = deleted;
        this.sessions = sessions;
        this.trials = trials;
        this.currencies = currencies;
        this.refusals = refusals;
        this.catalog = catalog;
        this.prices = prices;
        this.directory = directory;
        this.billing = billing;
        this.clock = clock;
        second = new(stripe, catalog, options);
    }

    /// <summary>Opens the page, or finds the one that is open for the same plan and seats.</summary>
    /// <param name="priceName">Alias, alias with the prefix <c>price_</c>, or Stripe's id of a price that is
    /// sold.</param>
    /// <param name="currency">One of the catalog's; null for its first. Who has paid before goes on in the same
    /// one.</param>
    /// <returns>Stripe's page, to which the caller is sent.</returns>
    public async Task<Outcome<Uri>> RunAsync(
        AccountId account,
        string priceName,
        int seats,
        string? currency,
        CancellationToken cancellationToken
    )
    {
        if (billing.RefusalOfActions is { } off)
        {
            return off;
        }

        if (catalog.Plans.FirstOrDefault(plan => plan.IsOffStripe && plan.Id == priceName) is { } offStripe)
        {
            return new PlanSoldByPeople(offStripe.Name);
        }

        if (!prices.TryFindForSale(priceName, out var price))
        {
            return new UnknownPrice(catalog);
        }

        var paidIn = await currencies.FindAsync(account, currency, cancellationToken);
        if (paidIn.Refusal is { } notOffered)
        {
            return notOffered;
        }

        var (least, most) = catalog.Seats;
        if (seats < least || seats > most)
        {
            return new SeatCountOutOfRange(least, most);
        }

        var active = await directory.CountSeatsInUseAsync(account, cancellationToken);
        if (seats < active)
        {
            return new SeatsBelowActive(active, catalog.SeatHolder);
        }

        if (await directory.FindMisfitAsync(account, price.Plan, cancellationToken) is { } misfit)
        {
            return misfit;
        }

        if (await leases.TakeAsync(account, Patience, cancellationToken) is not { } lease)
        {
            return new BillingBusy();
        }

        try
        {
            var wanted = new CheckoutRequest(price, seats, Math.Max(least, active), paidIn.Value);
            var opened = await deleted.ReplaceAsync(
                account,
                () => OpenAsync(lease, wanted, cancellationToken),
                cancellationToken
            );
            return await refusals.WatchAsync($"checkout of {price.Price.Alias}", opened);
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private async Task<Outcome<Uri>> OpenAsync(
        AccountLease lease,
        CheckoutRequest wanted,
        CancellationToken cancellationToken
    )
    {
        var account = lease.Account;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await CheckoutEligibility.FindReasonAgainstAsync(db, account, cancellationToken) is { } reason)
        {
            return reason;
        }

        var state = await db.Set<SubscriptionState>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account, cancellationToken);
        if (
            state is not null
            && SecondSubscription.IsLive(state)
            && await second.FindReasonAsync(state, cancellationToken) is { } live
        )
        {
            return live;
        }

        var open = await db.Set<OpenCheckout>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account, cancellationToken);
        if (
            open is { SessionId: { } shown, Url: { } url }
            && wanted.IsSameAs(open)
            && open.ExpiresAt - clock.Now > TimeLeftMin
            && await sessions.IsOpenAsync(shown, cancellationToken)
        )
        {
            return new Uri(url);
        }

        var customer = await customers.FindOrCreateAsync(account, cancellationToken);
        if (customer.Refusal is { } refusal)
        {
            return new StripeSaidNo(refusal);
        }

        if (
            open is { SessionId: { } former }
            && await sessions.CloseAsync(account, former, cancellationToken) is { } closed
        )
        {
            return closed == ClosedSession.WasPaid
                ? second.Refuse(catalog.PlanOrNone(state?.Plan).Id, isEnding: false)
                : new BillingBusy();
        }

        var intended = await IntendAsync(account, wanted, open, customer.Value, cancellationToken);
        if (intended.Refusal is { } unknown)
        {
            return new StripeSaidNo(unknown);
        }

        var intent = intended.Value;
        if (!await db.TrySaveAsync(lease, intent, isNew: open is null, cancellationToken))
        {
            return new BillingBusy();
        }

        return await CreateAsync(db, lease, intent, wanted.Price, customer.Value, cancellationToken);
    }

    private async Task<Outcome<Uri>> CreateAsync(
        TollgateDb db,
        AccountLease lease,
        OpenCheckout intent,
        CatalogPrice price,
        string customerId,
        CancellationToken cancellationToken
    )
    {
        var made = await sessions.CreateAsync(intent, price, customerId, cancellationToken);
        if (made.Refusal is { } no)
        {
            return no.IsTransient ? new StripeSaidNo(no) : await ForgetAsync(db, intent, no);
        }

        var session = made.Value;
        var sent = intent with { SessionId = session.Id, Url = session.Url, ExpiresAt = session.ExpiresAt };
        if (await db.TrySaveAsync(lease, sent, isNew: false, CancellationToken.None))
        {
            return new Uri(
                session.Url ?? throw new InvalidOperationException("Stripe opened a checkout without a page.")
            );
        }

        await CloseUnlessSharedAsync(db, sent);
        return new BillingBusy();
    }

    // Another has the lease. It went on with this intent, and so has the same session, or made one of its own.
    private async Task CloseUnlessSharedAsync(TollgateDb db, OpenCheckout lost)
    {
        var isShared = await db.Set<OpenCheckout>()
            .AnyAsync(row => row.AccountId == lost.AccountId && row.IdempotencyKey == lost.IdempotencyKey);
        if (!isShared)
        {
            await sessions.CloseAsync(lost.AccountId, lost.SessionId!, CancellationToken.None);
        }
    }

    // What was intended and may have reached Stripe is sent again as it was.
    private async Task<StripeAnswer<OpenCheckout>> IntendAsync(
        AccountId account,
        CheckoutRequest wanted,
        OpenCheckout? open,
        string customerId,
        CancellationToken cancellationToken
    )
    {
        if (
            open is { SessionId: null }
            && wanted.IsSameAs(open)
            && clock.Now - open.CreatedAt < IdempotencyKey.Lifetime
        )
        {
            return open;
        }

        var days = await trials.FindDaysAsync(wanted.Price.Plan, customerId, cancellationToken);
        return days.Refusal is { } refusal
            ? refusal
            : wanted.ToIntent(account, clock.Now) with
            {
                TrialDays = days.Value,
            };
    }

    // Under this key Stripe would say the same for a day. Nobody was shown a session of it.
    private static async Task<StripeSaidNo> ForgetAsync(TollgateDb db, OpenCheckout intent, StripeRefusal refusal)
    {
        await db.Set<OpenCheckout>()
            .Where(row => row.AccountId == intent.AccountId && row.IdempotencyKey == intent.IdempotencyKey)
            .Where(row => row.SessionId == null)
            .ExecuteDeleteAsync(CancellationToken.None);
        return new StripeSaidNo(refusal);
    }
}
