using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Deadlines;
using Tollgate.Outbox;
using Tollgate.Storage;

namespace Tollgate.Subscriptions;

/// <summary>
/// A tier that an administrator sets beside the projected one: it wins until its end, whatever Stripe says, and time
/// alone ends it. Plans that are sold off Stripe are given this way, and they may have no end: a contract does not fall
/// to free by itself (decision S10).
/// </summary>
internal sealed class SetOverride(
    IDbContextFactory<TollgateDb> contexts,
    AccountLeases leases,
    ProjectionCommit commit,
    PlanCatalog catalog,
    BillingClock clock
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="tier">Id of a plan of the catalog; the free one closes.</param>
    /// <param name="until">Billing time, in the future; null for no end.</param>
    /// <exception cref="ArgumentException">
    /// No such plan or account, an end that has come, none for a plan that is sold, no author or reason.
    /// </exception>
    /// <exception cref="TimeoutException">Somebody else has been changing the account for a minute.</exception>
    public Task RunAsync(
        AccountId account,
        string tier,
        string author,
        string reason,
        DateTimeOffset? until,
        CancellationToken cancellationToken
    ) =>
        FindFault(tier, until) is { } fault
            ? throw new ArgumentException(fault, nameof(tier))
            : WriteAsync(account, (tier, until), author, reason, cancellationToken);

    /// <summary>Why such an override cannot be set; null when it can.</summary>
    internal string? FindFault(string tier, DateTimeOffset? until) =>
        catalog.Plans.FirstOrDefault(plan => plan.Id == tier) is not { } given
            ? $"The plans are {string.Join(", ", catalog.Plans.Select(plan => plan.Id))}."
        : until <= clock.Now ? "The end of an override lies in the future."
        : until is null && !given.IsOffStripe
            ? $"An override to {given.Id} has an end; only plans that are sold off Stripe are given without one."
        : null;

    /// <summary>Ends it now.</summary>
    public Task ClearAsync(AccountId account, string author, string reason, CancellationToken cancellationToken) =>
        WriteAsync(account, given: null, author, reason, cancellationToken);

    private async Task WriteAsync(
        AccountId account,
        (string Tier, DateTimeOffset? Until)? given,
        string author,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(author);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var lease =
            await leases.TakeAsync(account, Patience, cancellationToken)
            ?? throw new TimeoutException($"{account} is being changed by somebody else.");
        try
        {
            var before = await LoadAsync(account, cancellationToken);
            var after = before with
            {
                OverrideTier = given?.Tier,
                OverrideUntil = given?.Until,
                OverrideAuthor = given is null ? null : author,
                OverrideReason = given is null ? null : reason,
                Version = before.Version + 1,
            };
            var now = clock.Now;
            var changed = new SubscriptionChanged(
                after.Version.ToString(CultureInfo.InvariantCulture),
                catalog.PlanOrNone(before.TierAt(now)).Id,
                catalog.PlanOrNone(after.TierAt(now)).Id,
                after.Version
            );
            // due at once: the next sync finds when the account is due again
            var result = new SyncResult(before, StripeFacts.None, new Projection.Projected(after, [changed], now))
            {
                Cause = given is null ? $"override ended by {author}: {reason}" : $"override by {author}: {reason}",
            };
            if (!await commit.ProjectAsync(lease, result, now, cancellationToken))
            {
                throw new TimeoutException($"{account} was changed by somebody else meanwhile.");
            }
        }
        catch
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
            throw;
        }
    }

    private async Task<SubscriptionState> LoadAsync(AccountId id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (
            !await db.Set<BillingAccount>()
                .AnyAsync(row => row.AccountId == id && row.ClosedAt == null, cancellationToken)
        )
        {
            throw new ArgumentException($"There is no open account {id}.", nameof(id));
        }

        return await SubscriptionState.LoadAsync(db, id, cancellationToken);
    }
}
