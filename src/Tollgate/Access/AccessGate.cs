using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;

namespace Tollgate.Access;

/// <summary>
/// Answers gates from memory: an account's row is read once and kept until the single writer says that it changed.
/// While notifications do not arrive (the listening connection is down), every answer is read afresh. While the
/// database is away the row that was last read answers, for as long as the decision over it allows (decision S9); an
/// account that this node never read cannot be answered for.
/// </summary>
public sealed partial class AccessGate
{
    /// <summary>
    /// PostgreSQL's channel on which every node is notified of a changed account, by its id: gates read its row anew,
    /// and open streams find their caller again. A host notifies here in the transaction that ends a membership.
    /// </summary>
    public const string Channel = ProjectionCommit.Channel;

    private const int AccountsMax = 200_000;
    private const long Outdated = -1;

    /// <summary>How long a gate waits for the database when an older row could answer.</summary>
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(2);

    /// <summary>After a failed read older rows answer at once for so long, before one waits again.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AccountId, KnownRow> rows = new();
    private readonly Lock changing = new();
    private volatile bool isListening;
    private long epoch;
    private long invalidations;
    private long askAgainAt;
    private readonly IDbContextFactory<TollgateDb> contexts;
    private readonly PlanCatalog catalog;
    private readonly TollgateOptions options;
    private readonly BillingSwitch billing;
    private readonly BillingClock clock;
    private readonly TimeProvider machineTime;
    private readonly ILogger<AccessGate> log;

    internal AccessGate(
        IDbContextFactory<TollgateDb> contexts,
        PlanCatalog catalog,
        TollgateOptions options,
        BillingSwitch billing,
        BillingClock clock,
        TimeProvider machineTime,
        ILogger<AccessGate> log
    )
    {
        this.contexts = contexts;
        this.catalog = catalog;
        this.options = options;
        this.billing = billing;
        this.clock = clock;
        this.machineTime = machineTime;
        this.log = log;
    }

    /// <summary>The row as last committed, and the decision it gives now.</summary>
    /// <exception cref="NpgsqlException">The database is away, and nothing is known of the account.</exception>
    public ValueTask<(SubscriptionState State, AccessDecision Decision)> DecideAsync(
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        isListening && rows.TryGetValue(account, out var known) && known.Epoch == Volatile.Read(ref epoch)
            ? new((known.State, AccessDecision.Of(known.State, catalog, clock.Now)))
            : LoadAndDecideAsync(account, cancellationToken);

    /// <summary>
    /// Why the account may not use the feature now; null when it may, and for everybody while billing is switched off.
    /// </summary>
    /// <exception cref="ArgumentException">The catalog declares no such feature.</exception>
    public ValueTask<Refusal?> RefuseAsync(AccountId account, string feature, CancellationToken cancellationToken)
    {
        if (!catalog.Features.Contains(feature))
        {
            throw new ArgumentException($"{feature} is no feature of the catalog.", nameof(feature));
        }

        if (!billing.IsOn)
        {
            BillingMetrics.Answered(feature, refusal: null);
            return default;
        }

        var decided = DecideAsync(account, cancellationToken);
        return decided.IsCompletedSuccessfully
            ? new(Answer(feature, decided.Result))
            : AnswerLaterAsync(feature, decided);
    }

    private async ValueTask<Refusal?> AnswerLaterAsync(
        string feature,
        ValueTask<(SubscriptionState State, AccessDecision Decision)> decided
    ) => Answer(feature, await decided);

    private Refusal? Answer(string feature, (SubscriptionState State, AccessDecision Decision) known)
    {
        // only a refusal is made, with its address
        var refusal =
            known.Decision.GrantOf(feature, known.State) == FeatureGrant.None
                ? known.Decision.Refuse(feature, known.State, catalog, options.UpgradeUrl)
                : null;
        BillingMetrics.Answered(feature, refusal);
        return refusal;
    }

    private async ValueTask<(SubscriptionState State, AccessDecision Decision)> LoadAndDecideAsync(
        AccountId account,
        CancellationToken cancellationToken
    )
    {
        var state = await LoadAsync(account, cancellationToken);
        return (state, AccessDecision.Of(state, catalog, clock.Now));
    }

    /// <summary>Whether invalidations arrive as changes are made.</summary>
    internal bool IsListening => isListening;

    /// <summary>Called by the listener: the account has changed, and its row is to be read again.</summary>
    internal void Forget(AccountId account)
    {
        lock (changing)
        {
            invalidations++;
            if (rows.TryGetValue(account, out var known))
            {
                rows[account] = known with { Epoch = Outdated };
            }
        }
    }

    /// <summary>Called by the listener: what was kept while nobody listened is read again.</summary>
    internal void SetListening(bool listening)
    {
        lock (changing)
        {
            invalidations++;
            epoch++;
            isListening = listening;
        }
    }

    private async Task<SubscriptionState> LoadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var invalidationsBefore = Volatile.Read(ref invalidations);
        var isKnown = rows.TryGetValue(account, out var known);
        if (isKnown && machineTime.GetTimestamp() < Volatile.Read(ref askAgainAt))
        {
            return known!.State;
        }

        SubscriptionState read;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(isKnown ? ReadPatience : Timeout.InfiniteTimeSpan);
            read = await ReadAsync(account, patience.Token) ?? SubscriptionState.None(account);
        }
        catch (Exception failure)
            when (isKnown
                && (failure is OperationCanceledException || DatabaseAway.IsCauseOf(failure))
                && !cancellationToken.IsCancellationRequested
            )
        {
            var pause = (long)(AskAgainAfter.TotalSeconds * machineTime.TimestampFrequency);
            Volatile.Write(ref askAgainAt, machineTime.GetTimestamp() + pause);
            LogLastKnown(account, failure.GetType().Name);
            return known!.State;
        }

        lock (changing)
        {
            if (!isKnown && rows.Count >= AccountsMax)
            {
                rows.Clear();
            }

            // An invalidation during the read may be newer than its answer, which is then not trusted.
            rows[account] = new KnownRow(read, isListening && invalidations == invalidationsBefore ? epoch : Outdated);
        }

        return read;
    }

    private async Task<SubscriptionState?> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<SubscriptionState>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account, cancellationToken);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database is away ({Failure}): the gate answers for {Account} from the row it last read"
    )]
    private partial void LogLastKnown(AccountId account, string failure);

    /// <param name="Epoch">Since when all invalidations arrived; of an older one the row only answers in need.</param>
    private sealed record KnownRow(SubscriptionState State, long Epoch);
}
