using Npgsql;
using Tollgate.Catalog;
using Tollgate.Subscriptions;

namespace Tollgate.Usage;

/// <summary>Writes what a plan grants of the meters in the commit that changed the plan.</summary>
internal sealed class PlanGrants(PlanCatalog catalog) : IProjectionParticipant
{
    public Task WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        SubscriptionState after,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var plan = after.TierAt(now) is { } tier && tier != catalog.Free?.Id ? catalog.Plan(tier) : null;
        return UsageGrants.WriteAsync(
            connection,
            transaction,
            after.AccountId,
            plan?.Limits,
            plan is null ? null : Until(after, now),
            now,
            catalog,
            cancellationToken
        );
    }

    // an override ends by itself, and what is paid for beyond it goes on
    private DateTimeOffset Until(SubscriptionState state, DateTimeOffset now)
    {
        var paid = state.Plan is null ? DateTimeOffset.MinValue : AccessPeriod.EndOf(state, catalog);
        return state.OverrideAt(now) is null ? paid
            : state.OverrideUntil is not { } end ? DateTimeOffset.MaxValue
            : end > paid ? end
            : paid;
    }
}
