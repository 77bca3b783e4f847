using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Alerts;
using Tollgate.Catalog;
using Tollgate.Deadlines;
using Tollgate.Inbox;
using Tollgate.Outbox;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Telemetry;

namespace Tollgate.Subscriptions;

/// <summary>
/// The single writer of an account's gating state, in two modes. <c>ProjectAsync</c> asks Stripe and writes
/// what gates; <see cref="BindAsync"/> writes ids only. Webhooks, deadlines, reconciliation and the checkout's return
/// all call it.
/// </summary>
internal sealed partial class SubscriptionSync(
    IDbContextFactory<TollgateDb> contexts,
    NpgsqlDataSource database,
    AccountLeases leases,
    StripeClient stripe,
    StripeReadBudget budget,
    ProjectionCommit commit,
    PlanCatalog catalog,
    PriceBook prices,
    BillingClock clock,
    ILogger<SubscriptionSync> log
) : IDueHandler
{
    private readonly StripeReads reads = new(stripe, budget, catalog, prices);

    /// <summary>
    /// Syncs the account: lease, claim what waits, ask Stripe, commit. False when another node is at it, which then
    /// sees what this one would have seen, or the next round does.
    /// </summary>
    /// <param name="cause">Why, for the audit, when no event is the cause.</param>
    public Task<bool> ProjectAsync(AccountId account, string cause, CancellationToken cancellationToken) =>
        ProjectAsync(account, cause, isThorough: false, dueBy: null, cancellationToken);

    /// <param name="isThorough">Reads what no event named, too.</param>
    internal Task<bool> ProjectAsync(
        AccountId account,
        string cause,
        bool isThorough,
        CancellationToken cancellationToken
    ) => ProjectAsync(account, cause, isThorough, dueBy: null, cancellationToken);

    private async Task<bool> ProjectAsync(
        AccountId account,
        string cause,
        bool isThorough,
        DateTimeOffset? dueBy,
        CancellationToken cancellationToken
    )
    {
        var (lease, events) = await TakeAsync(account, dueBy, cancellationToken);
        if (lease is not { } held)
        {
            return false;
        }

        using var span = BillingSpans.Continue("sync", events.Select(claimed => claimed.TraceParent));
        span?.SetTag("tollgate.account", account.Value).SetTag("tollgate.events", events.Count);
        try
        {
            return await SyncAsync(held, events, cause, isThorough, isDue: dueBy is not null, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // a host that stops gives back what it holds, or the next one waits for the lease to run out
            await leases.ReleaseAsync(held, CancellationToken.None);
            throw;
        }
        catch (Exception failure)
        {
            span.Fail(failure);
            await PutBackAsync(held, events, failure);
            throw;
        }
    }

    /// <summary>
    /// Binds a checkout's subscription to its account and requests a sync within a minute. It never provisions.
    /// </summary>
    public async Task BindAsync(AccountId account, string subscriptionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var begun = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var transaction = (NpgsqlTransaction)begun.GetDbTransaction();
        var now = clock.Now;
        var dueAt = now + BindDue;
        await AccountLeases.AdvanceDeadlineAsync(connection, transaction, account, dueAt, cancellationToken);
        var isNew = await SubscriptionPointer.BindAsync(
            db,
            account,
            subscriptionId,
            cause: "checkout",
            now,
            cancellationToken
        );
        if (isNew)
        {
            // Whoever is syncing now may not have seen it. A page that asks every two seconds binds nothing new, and
            // must not fence off the sync that it waits for.
            await AccountLeases.RequestSyncAsync(connection, transaction, account, dueAt, cancellationToken);
        }

        await begun.CommitAsync(cancellationToken);
    }

    /// <summary>Requests a sync within a minute, for whoever cannot ask Stripe now.</summary>
    public async Task RequestAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await AccountLeases.AdvanceDeadlineAsync(
            connection,
            transaction: null,
            account,
            clock.Now + BindDue,
            cancellationToken
        );
    }

    /// <summary>What a thorough sync would find. It takes no lease and writes nothing.</summary>
    internal async Task<SyncResult> CompareAsync(AccountId account, CancellationToken cancellationToken)
    {
        var (row, before) = await LoadAsync(account, cancellationToken);
        return await AskAsync(row, before, events: [], isThorough: true, cancellationToken);
    }

    Task IDueHandler.HandleDueAsync(AccountId account, DateTimeOffset now, CancellationToken cancellationToken) =>
        ProjectAsync(account, "deadline", isThorough: false, now, cancellationToken);

    private static readonly TimeSpan BindDue = TimeSpan.FromSeconds(60);

    private async Task<(AccountLease? Lease, IReadOnlyList<ClaimedEvent> Events)> TakeAsync(
        AccountId account,
        DateTimeOffset? dueBy,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (
            await AccountLeases.TryTakeAsync(connection, transaction, account, dueBy, cancellationToken)
            is not { } lease
        )
        {
            return (null, []);
        }

        var events = await ClaimedEvents.ClaimAsync(connection, transaction, account, lease.Token, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (lease, events);
    }

    private async Task<bool> SyncAsync(
        AccountLease lease,
        IReadOnlyList<ClaimedEvent> events,
        string cause,
        bool isThorough,
        bool isDue,
        CancellationToken cancellationToken
    )
    {
        var (account, before) = await LoadAsync(lease.Account, cancellationToken);
        if (account.ClosedAt is not null)
        {
            return await commit.SettleClosedAsync(lease, events, cancellationToken);
        }

        var causes = events.Count == 0 ? cause : string.Join(' ', events.Select(claimed => claimed.EventId));
        var isBind =
            events.Count > 0 && events.All(claimed => EventRoutes.Find(claimed.Type)?.Mode == SyncMode.BindOnly);
        // whoever has come back was promised an answer by then: an event that only binds does not put it off
        if (isBind && !isThorough && !isDue)
        {
            var now = clock.Now;
            return await commit.BindAsync(lease, events, causes, now, now + BindDue, cancellationToken);
        }

        var result = await AskAsync(account, before, events, isThorough, cancellationToken) with
        {
            Events = events,
            Cause = causes,
        };
        if (result.Projection is Projection.Quarantined quarantined)
        {
            LogQuarantined(lease.Account, quarantined.Reason, quarantined.Detail);
        }

        foreach (var stale in result.Facts.Stale ?? [])
        {
            LogStale(stale.Part, lease.Account, stale.Reason);
        }

        var committed = await commit.ProjectAsync(lease, result, clock.Now, cancellationToken);
        LogSynced(lease.Account, events.Count, committed);
        return committed;
    }

    private async Task<SyncResult> AskAsync(
        BillingAccount account,
        SubscriptionState before,
        IReadOnlyList<ClaimedEvent> events,
        bool isThorough,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var askedAt = clock.Now;
            var read = await reads.ReadAsync(account, before, events, isThorough, cancellationToken);
            var facts = read with { AskedAt = askedAt };
            var projection = SubscriptionProjection.Project(before, facts, catalog, prices, clock.Now);
            return new SyncResult(before, facts, projection with { Facts = facts.ToText() });
        }
        catch (StripeShapeException shape)
        {
            // Stripe said something this version cannot read: like an unknown price, it changes nothing (decision W6)
            return new SyncResult(
                before,
                StripeFacts.None,
                new Projection.Quarantined("unknown_shape", shape.Path, before.SubscriptionId)
            );
        }
        catch (StripeRefusedException gone) when (gone.Refusal is StripeRefusal.ResourceMissing)
        {
            return new SyncResult(
                before,
                StripeFacts.None,
                new Projection.Quarantined(
                    "missing_at_stripe",
                    before.SubscriptionId ?? account.StripeCustomerId ?? "",
                    before.SubscriptionId
                )
            );
        }
    }

    private async Task<(BillingAccount Account, SubscriptionState State)> LoadAsync(
        AccountId id,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await db.Set<BillingAccount>()
            .AsNoTracking()
            .SingleAsync(row => row.AccountId == id, cancellationToken);
        return (account, await SubscriptionState.LoadAsync(db, id, cancellationToken));
    }

    private async Task PutBackAsync(AccountLease lease, IReadOnlyList<ClaimedEvent> events, Exception failure)
    {
        var isTransient = TransientFailure.Is(failure);
        var none = CancellationToken.None;
        await using var connection = await database.OpenConnectionAsync(none);
        await using var transaction = await connection.BeginTransactionAsync(none);
        var reason = failure.GetType().Name;
        var dead = await ClaimedEvents.PutBackAsync(
            connection,
            transaction,
            lease,
            events,
            reason,
            isTransient,
            (failure as StripeRefusedException)?.NotAskedFor,
            none
        );
        var alerts = dead.ConvertAll(id => (Effect)new AlertRaised($"dead:{id}", AlertLog.EventFailed, reason));
        await EffectOutbox.AddAsync(connection, transaction, lease.Account, alerts, clock.Now, none);
        if (dead.Count > 0)
        {
            // the event is given up, its account is not
            var dueAt = clock.Now + ProjectionCommit.QuarantineRetryAfter;
            await AccountLeases.AdvanceDeadlineAsync(connection, transaction, lease.Account, dueAt, none);
        }

        await transaction.CommitAsync(none);
        await leases.ReleaseAsync(lease, none);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Account} is quarantined: {Reason} ({Detail})")]
    private partial void LogQuarantined(AccountId account, string reason, string detail);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The {Part} of {Account} could not be read ({Reason}) and stay as they were"
    )]
    private partial void LogStale(string part, AccountId account, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Synced {Account} for {Events} events, committed: {Committed}")]
    private partial void LogSynced(AccountId account, int events, bool committed);
}
