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
        var isPaid = after.Plan != catalog.Free.Id;
        return UsageGrants.WriteAsync(
            connection,
            transaction,
            after.AccountId,
            isPaid ? catalog.Plan(after.Plan).Limits : null,
            isPaid ? AccessPeriod.EndOf(after, catalog) : null,
            now,
            catalog,
            cancellationToken
        );
    }
}
