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
        var tier = after.TierAt(now);
        var isPaid = tier != catalog.Free.Id;
        return UsageGrants.WriteAsync(
            connection,
            transaction,
            after.AccountId,
            isPaid ? catalog.Plan(tier).Limits : null,
            isPaid ? Until(after, now) : null,
            now,
            catalog,
            cancellationToken
        );
    }

    // an override ends by itself, and what is paid for beyond it goes on
    private DateTimeOffset Until(SubscriptionState state, DateTimeOffset now)
    {
        var paid = state.Plan == catalog.Free.Id ? DateTimeOffset.MinValue : AccessPeriod.EndOf(state, catalog);
        return state.OverrideAt(now) is null ? paid
            : state.OverrideUntil is not { } end ? DateTimeOffset.MaxValue
            : end > paid ? end
            : paid;
    }
}
