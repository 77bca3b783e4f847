using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Subscriptions;

namespace Tollgate.Access;

/// <summary>
/// Answers gates from memory: an account's row is read once and kept until the door says that it changed. While nobody
/// hears the door (the listening connection is down), every answer is read afresh.
/// </summary>
public sealed class AccessGate(
    IDbContextFactory<TollgateDb> contexts,
    PlanCatalog catalog,
    TollgateOptions options,
    BillingSwitch billing,
    BillingClock clock
)
{
    private const int MostAccounts = 200_000;
    private readonly ConcurrentDictionary<AccountId, SubscriptionState> snapshot = new();
    private readonly Lock changing = new();
    private volatile bool isListening;
    private long heard;

    /// <summary>The row as last committed, and the decision it gives now.</summary>
    public ValueTask<(SubscriptionState State, AccessDecision Decision)> DecideAsync(
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        isListening && snapshot.TryGetValue(account, out var state)
            ? new((state, AccessDecision.Of(state, catalog, clock.Now)))
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

    /// <summary>Whether changes are heard as they are made.</summary>
    internal bool IsListening => isListening;

    internal void Forget(AccountId account)
    {
        lock (changing)
        {
            heard++;
            snapshot.TryRemove(account, out _);
        }
    }

    /// <summary>Called by the listener: what was kept while nobody listened is not trusted.</summary>
    internal void SetListening(bool listening)
    {
        lock (changing)
        {
            heard++;
            snapshot.Clear();
            isListening = listening;
        }
    }

    private async Task<SubscriptionState> LoadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var heardBefore = Volatile.Read(ref heard);
        var read = await ReadAsync(account, cancellationToken) ?? SubscriptionState.Free(account, catalog.Free.Id);
        lock (changing)
        {
            // A change that was heard during the read may be newer than its answer, which is then not kept.
            if (isListening && heard == heardBefore && snapshot.Count < MostAccounts)
            {
                snapshot[account] = read;
            }
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
}
