using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Alerts;
using Tollgate.Catalog;
using Tollgate.Checkout;
using Tollgate.Deadlines;
using Tollgate.Inbox;
using Tollgate.Outbox;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Lifecycle;

/// <summary>
/// Closes an account for good. Stripe first: open checkouts are expired and live subscriptions cancelled at once, and
/// only when Stripe confirms it are names and addresses erased, there and in one commit here. What happened stays
/// recorded, by ids. Repeated after a crash at any point it goes on; repeated after the end it changes nothing.
/// </summary>
public sealed class CloseAccount
{
    private const string Nobody = "Closed account";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private readonly CloseAtStripe atStripe;
    private readonly IDbContextFactory<TollgateDb> contexts;
    private readonly AccountLeases leases;
    private readonly AccountCustomer customers;
    private readonly ProjectionCommit commit;
    private readonly IEnumerable<IPersonalData> personal;
    private readonly PlanCatalog catalog;
    private readonly BillingClock clock;

    internal CloseAccount(
        IDbContextFactory<TollgateDb> contexts,
        AccountLeases leases,
        AccountCustomer customers,
        ProjectionCommit commit,
        IEnumerable<IPersonalData> personal,
        StripeClient stripe,
        PlanCatalog catalog,
        BillingClock clock
    )
    {
        this.contexts = contexts;
        this.leases = leases;
        this.customers = customers;
        this.commit = commit;
        this.personal = personal;
        this.catalog = catalog;
        this.clock = clock;
        atStripe = new(stripe.With(StripePatience.Interactive));
    }

    /// <summary>What closing would end. It changes nothing.</summary>
    internal async Task<Outcome<ClosingPlan>> PlanAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (await FindAsync(account, cancellationToken) is not { } row)
        {
            return new AccountNotFound(account.Value);
        }

        if (row.ClosedAt is not null)
        {
            return new ClosingPlan(account, row.ClosedAt, [], [], []);
        }

        var owned = await customers.FindAllAsync(account, cancellationToken);
        if (owned.Refusal is { } refusal)
        {
            return new StripeSaidNo(refusal);
        }

        var live = await atStripe.FindAsync(owned.Value, cancellationToken);
        return live.Refusal is { } no
            ? new StripeSaidNo(no)
            : new ClosingPlan(account, ClosedAt: null, live.Value.Paying, live.Value.Sessions, owned.Value);
    }

    /// <summary>Closes it, or goes on where a former call stopped.</summary>
    /// <param name="why">Kept at Stripe with the cancellations, and in the audit. It names nobody.</param>
    /// <returns>When it was closed.</returns>
    public async Task<Outcome<DateTimeOffset>> RunAsync(
        AccountId account,
        string why,
        CancellationToken cancellationToken
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        if (await FindAsync(account, cancellationToken) is null)
        {
            return new AccountNotFound(account.Value);
        }

        if (await leases.TakeAsync(account, Patience, cancellationToken) is not { } lease)
        {
            return new BillingBusy();
        }

        try
        {
            return await CloseAsync(lease, why, cancellationToken);
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private async Task<Outcome<DateTimeOffset>> CloseAsync(
        AccountLease lease,
        string why,
        CancellationToken cancellationToken
    )
    {
        if ((await FindAsync(lease.Account, cancellationToken))!.ClosedAt is { } closedAt)
        {
            return closedAt;
        }

        var owned = await customers.FindAllAsync(lease.Account, cancellationToken);
        if (owned.Refusal is { } refusal)
        {
            return new StripeSaidNo(refusal);
        }

        if (await atStripe.EndAsync(owned.Value, why, cancellationToken) is { } live)
        {
            return live;
        }

        if (await atStripe.EraseAsync(owned.Value, cancellationToken) is { } no)
        {
            return new StripeSaidNo(no);
        }

        var now = clock.Now;
        var before = await LoadAsync(lease.Account, cancellationToken);
        return await commit.ProjectAsync(
            lease,
            Ended(before, why, now),
            now,
            async (connection, transaction) =>
            {
                foreach (var id in owned.Value)
                {
                    // late events of a customer whose id was never stored find their way by it
                    await StripeBindings.TryOwnAsync(
                        connection,
                        transaction,
                        lease.Account,
                        id,
                        now,
                        cancellationToken
                    );
                }

                await EraseAsync(connection, transaction, lease.Account, now, cancellationToken);
            },
            cancellationToken
        )
            ? now
            : new BillingBusy();
    }

    private SyncResult Ended(SubscriptionState before, string why, DateTimeOffset now)
    {
        var after = before with
        {
            Plan = null,
            StripeStatus = before.SubscriptionId is null ? before.StripeStatus : "canceled",
            Status = before.SubscriptionId is null ? before.Status : SubscriptionStatus.Canceled,
            PastDueSince = null,
            EndsAt = null,
            ScheduleId = null,
            Entitlements = [],
            OverrideTier = null,
            OverrideAuthor = null,
            OverrideReason = null,
            OverrideUntil = null,
            VerifiedAt = now,
            Version = before.Version + 1,
        };
        var version = after.Version.ToString(CultureInfo.InvariantCulture);
        var changed = new SubscriptionChanged(
            version,
            catalog.PlanOrNone(before.TierAt(now)).Id,
            catalog.WithoutSubscription.Id,
            after.Version
        );
        return new SyncResult(before, StripeFacts.None, new Projection.Projected(after, [changed], NextDueAt: null))
        {
            Cause = $"closed: {why}",
        };
    }

    private async Task EraseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await CustomerIntent.ForgetAllAsync(connection, transaction, account, cancellationToken);
        await EffectOutbox.EraseAsync(connection, transaction, account, cancellationToken);
        await AlertLog.EraseAsync(connection, transaction, account, cancellationToken);
        await AccountRows.CloseAsync(connection, transaction, account, Nobody, now, cancellationToken);
        await ClaimedEvents.EraseAllAsync(connection, transaction, account, cancellationToken);
        foreach (var data in personal)
        {
            await data.EraseAsync(connection, transaction, account, cancellationToken);
        }
    }

    private async Task<BillingAccount?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<BillingAccount>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account, cancellationToken);
    }

    private async Task<SubscriptionState> LoadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SubscriptionState.LoadAsync(db, account, cancellationToken);
    }
}

/// <param name="ClosedAt">Set when it is closed already; then nothing is left to do.</param>
/// <param name="Subscriptions">To be cancelled at once.</param>
/// <param name="CheckoutSessions">To be expired.</param>
/// <param name="Customers">To be erased.</param>
internal sealed record ClosingPlan(
    AccountId Account,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<string> Subscriptions,
    IReadOnlyList<string> CheckoutSessions,
    IReadOnlyList<string> Customers
);
